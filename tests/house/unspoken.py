"""What a page would show in Indonesian only: texts that nobody marked for the second language.

python -m tests.house.unspoken [ROOM …]    list them, of all rooms or of some
"""

import ast
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
PAPERS = {"mail", "print", "_print"}
"""Folders of templates that are written to people in Indonesian whatever the language of the pages."""
SHARED = ("_layout", "_parts", "errors")
TALKING = {"alt", "title", "placeholder", "label", "aria-label", "aria-description", "content"}
INDONESIAN_ONLY = {
    "home/gallery.py": "samples of components, for engineers",
    "home/gallery.html": "as its view",
    "certificates/actions.py": "what the seal of a certificate says",
    "certificates/rules.py": "values of answers, which the page words itself; its refusals are marked",
    "quiz/marks.py": "what the command line says of a file of marks",
    "quiz/models.py": "a constraint of the database",
    "home/api.py": "the manifest of the installed site, which has one language",
    "agencies/absences.py": "a reason that absences keep",
    "agencies/directory.py": "words of names in rosters",
    "agencies/particulars.py": "words that rosters write, to be compared",
    "agencies/service.py": "as particulars",
    "demo": "the example regency's own papers and names",
    "assessment/decisions.py": "reasons that certificates and concessions keep, and what the books say",
    "assessment/regrading.py": "what the books say",
    "assessment/reinstating.py": "a reason that certificates keep",
    "authoring/recertifying.py": "a directive, which is content",
    "directives/actions.py": "a note that the record keeps",
    "directives/exemptions.py": "what the books say",
    "content/checks": "what a check says of a pack, to whoever writes packs in Indonesian",
    "content/formats": "what a file of Indonesian questions loses, to whoever writes them",
    "content/stories": "as the checks",
    "content/meanings.py": "as the checks",
    "content/coverage.py": "as the checks: the matrix itself speaks by the templates of `authoring`",
    "content/reading.py": "as the checks",
    "content/schema.py": "as the checks",
    "content/shape.py": "as the checks",
    "content/source.py": "as the checks",
    "content/supply.py": "as the checks",
    "reports/papers.py": "what is printed and sealed",
    "content/writing.py": "the notes that a pack of content carries for its writers",
}
"""Code whose sentences are read by people who work in Indonesian, or stand on papers, and why."""
MARKS = {"_", "gettext", "ngettext", "say", "tally", "term", "single", "plural", "_amount"}
CODE = re.compile(r"[a-z]+")
HOLE = "\N{OBJECT REPLACEMENT CHARACTER}"
SLUG = re.compile(r"[a-z0-9]+(-|(-[a-z0-9]+)+(\.[a-z0-9]+)?)")
WORDS = re.compile(
    r"\b(ada|adalah|Anda|akan|atau|bagi|baru|belum|berkas|bila|bukan|dalam|dan|dapat|dari|dengan|di|dihapus|dipilih|"
    r"hanya|harus|hari|ini|isi|itu|jika|karena|ke|kosong|lagi|lebih|maka|masih|oleh|orang|pada|para|pegawai|pilih|"
    r"sampai|satu|saja|sebelum|sedang|semua|sesudah|soal|sudah|tanggal|tanpa|telah|tetapi|tidak|untuk|yang)\b"
)


class _Texts(HTMLParser):
    """Collects what people read or hear of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.quiet += tag in ("script", "style", "svg")
        for name, value in attrs:
            if value and (name in TALKING or name.startswith("data-")) and _is_text(value, name):
                self.found.append(f"{name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self.quiet -= tag in ("script", "style", "svg")

    def handle_data(self, data: str) -> None:
        if not self.quiet and re.search(r"[A-Za-z]{2}", data.replace(HOLE, "")):
            self.found.append(" ".join(data.split()))


def _is_text(value: str, name: str) -> bool:
    letters = value.replace(HOLE, "").strip()
    return bool(re.search(r"[A-Za-z]{2}", letters)) and (name in TALKING or " " in letters or letters[:1].isupper())


def of_template(source: str) -> list[str]:
    """Texts of a template outside `{% trans %}`, and strings in its expressions that no mark is around."""
    outside, strings = _parted(source)
    reader = _Texts()
    reader.feed(outside)
    reader.close()
    fixed = {"PDF", "elearn", "width=device-width, initial-scale=1", "· elearn", "#0b4f7d"}
    return [
        text
        for text in reader.found
        if text.replace(HOLE, "").strip() not in fixed
        and f'="{HOLE}' not in text  # an attribute of a tag that an expression begins
        and text != "content=#0b4f7d"
        and not text.startswith("content=width")
    ] + strings


def _parted(source: str) -> tuple[str, list[str]]:
    outside, strings, is_inside, before = [], [], False, ["", "", "", ""]
    for _line, kind, value in ENVIRONMENT.lex(source):
        if kind == "data":
            outside.append("" if is_inside else value)
        elif kind == "variable_begin":
            outside.append("" if is_inside else HOLE)
        elif kind == "name" and value in ("trans", "endtrans") and before[-1] in ("{%", "{%-", "{%+"):
            is_inside = value == "trans"
        elif kind == "string" and not _is_marked(before) and _is_shown(value[1:-1], before[-1]):
            strings.append(value)
        if kind != "whitespace":
            before = [*before[1:], value.strip()]
    return "".join(outside), strings


def _is_marked(before: list[str]) -> bool:
    """Whether a string after these four tokens is the first one of a mark, or the word after its meaning."""
    return (before[2] in MARKS and before[3] == "(") or (before[:2] == ["term", "("] and before[3] == ",")


def _is_shown(text: str, before: str) -> bool:
    if before in ("import", "from", "include", "extends") or any(sign in text for sign in "/<@"):
        return False
    if SLUG.fullmatch(text) or (before in ("=", "==", "!=", "~") and text.islower() and " " not in text):  # a value
        return False
    return (
        bool(WORDS.search(text))
        or bool(re.match(r"[A-Z][a-z]+($|[ ,.:])", text))
        or bool(re.search(r"[a-z] [a-z]{2}", text))
    )


def of_module(source: str, name: str) -> list[str]:
    """Strings of Indonesian in a module that no mark is around; docstrings are for engineers."""
    tree = ast.parse(source)
    known = {id(node) for node in _silent(tree)}
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in known:
            continue
        if node.value.startswith("/") or " IN (" in node.value:  # an address; a rule of rows
            continue
        if SLUG.fullmatch(node.value) or re.fullmatch(r"[a-z]+", node.value):  # a code or a key
            continue
        if WORDS.search(node.value) or (name.endswith("forms.py") and re.match(r"[A-Z][a-z]+\b", node.value)):
            found.append(f"{node.lineno}: {node.value!r}")
    return found


def _silent(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS and node.args:
            yield from (each for argument in node.args[: 1 + (node.func.id == "term")] for each in ast.walk(argument))
        yield from (each for each in _inner(node) if isinstance(each, ast.Constant))


def _inner(node: ast.AST) -> list[ast.expr | None]:
    """What is compared, matched or looked up by, and so is shown to nobody."""
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("compile", "get"):
        return list(node.args)
    if isinstance(node, ast.Dict):
        return [key for key in node.keys if isinstance(key, ast.Constant) and str(key.value).islower()]
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id.isupper():
        return [node.value] if _is_code(node.value) else []
    if isinstance(node, ast.keyword):
        return [node.value] if _is_code(node.value) else []
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple) and isinstance(node.value, ast.Tuple):
        return [each for each in node.value.elts if isinstance(each, ast.Constant) and str(each.value).islower()]
    return []


def _is_code(node: ast.expr) -> bool:
    """Whether it is a word that stands in addresses or rows, as the values of an Enum do."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(CODE.fullmatch(node.value))


def of_room(room: str) -> Iterator[str]:
    """Everything unmarked of one room, each with its place."""
    for folder in SHARED if room == "core" else (room,):
        for path in sorted((ROOT / "templates" / folder).rglob("*.html")):
            name = path.relative_to(ROOT / "templates").as_posix()
            if not PAPERS & set(path.parts) and not _is_spared(name):
                yield from (f"{path.relative_to(ROOT)}: {text}" for text in of_template(path.read_text()))
    for path in sorted((ROOT / "elearn" / room).rglob("*.py")):
        name = path.relative_to(ROOT / "elearn").as_posix()
        if path.name == "cli.py" or _is_spared(name):
            continue
        yield from (f"{path.relative_to(ROOT)}:{text}" for text in of_module(path.read_text(), path.name))


def _is_spared(name: str) -> bool:
    return any(name == spared or name.startswith(f"{spared}/") for spared in INDONESIAN_ONLY)


def rooms() -> tuple[str, ...]:
    """The rooms in the order of the house, the ground first."""
    from elearn.app import ROOMS

    return ("core", *ROOMS)


if __name__ == "__main__":
    for room in sys.argv[1:] or rooms():
        for line in of_room(room):
            sys.stdout.write(f"{line}\n")
