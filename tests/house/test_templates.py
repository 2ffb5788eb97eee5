"""Templates: each compiles, each page has its title, nothing imported in vain, no inline style or script."""

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

ROOT = Path(__file__).resolve().parents[2] / "templates"
TEMPLATES = sorted(str(p.relative_to(ROOT)) for p in ROOT.rglob("*.html"))
PAGES = [name for name in TEMPLATES if not name.startswith("_") and "/print/" not in name and "/_" not in name]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_compiles(built_app_once: Flask, name: str) -> None:
    """No template has a fault that only a visitor would find."""
    built_app_once.jinja_env.get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_a_title(name: str) -> None:
    """A page says what it is, in the window's title too."""
    text = (ROOT / name).read_text()
    assert "{% block title %}" in text
    assert "<h1" in text or "{% include" in text


@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_is_imported_in_vain(built_app_once: Flask, name: str) -> None:
    """Every macro imported is used."""
    text = (ROOT / name).read_text()
    tree = built_app_once.jinja_env.parse(text)
    imported = {n if isinstance(n, str) else n[1] for node in tree.find_all(nodes.FromImport) for n in node.names}
    used = {node.name for node in tree.find_all(nodes.Name)}
    assert not imported - used


@pytest.mark.parametrize("name", [n for n in TEMPLATES if "/print/" not in n and not n.startswith("_print")])
def test_no_style_and_no_script_inside(name: str) -> None:
    """The content security policy forbids them; a page would break without a word."""
    text = (ROOT / name).read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"", text)
    assert not re.search(r"<script(?![^>]*(src=|application/(ld\+)?json))", text)
