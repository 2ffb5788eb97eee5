"""Every door is listed and declared, strangers meet closed doors, and looking changes nothing."""

import os
import re
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from elearn.core.permissions import ROLE_PERMISSIONS, Permission, access_of

DOORS = Path(__file__).with_name("doors.txt")
IGNORED = {"HEAD", "OPTIONS"}


def list_doors(app: Flask) -> list[str]:
    """One line per method and URL: method, URL, endpoint, who may enter."""
    lines = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        access = access_of(app.view_functions[rule.endpoint])
        who = access if isinstance(access, str) else " ".join(access or ("CLOSED",))
        lines += [f"{method:6} {rule.rule:54} {rule.endpoint:28} {who}" for method in rule.methods - IGNORED]
    return sorted(lines, key=lambda line: (line.split()[1], line))


def test_the_list_of_doors_is_the_list_in_the_repository(built_app_once: Flask) -> None:
    """A new or changed route shows in `doors.txt`; write it anew with WRITE_DOORS=1 and read the difference."""
    text = "\n".join(line.rstrip() for line in list_doors(built_app_once)) + "\n"
    if os.environ.get("WRITE_DOORS"):
        DOORS.write_text(text)
    assert DOORS.read_text() == text


def test_every_view_declares_its_access(built_app_once: Flask) -> None:
    """A view that declares nothing does not exist."""
    bare = [
        name for name, view in built_app_once.view_functions.items() if access_of(view) is None and name != "static"
    ]
    assert not bare


def test_every_permission_opens_a_door_and_belongs_to_a_role(built_app_once: Flask) -> None:
    """The closed list holds nothing that no role has."""
    held = frozenset().union(*ROLE_PERMISSIONS.values())
    assert set(Permission) == set(held)


def test_addresses_are_indonesian_kebab_case_with_typed_parameters(built_app_once: Flask) -> None:
    """URLs are lower-case words joined by dashes; an id is typed as UUID or int."""
    for rule in built_app_once.url_map.iter_rules():
        bare = re.sub(r"<[^>]+>", "", rule.rule)
        assert re.fullmatch(r"[a-z0-9/.\-]*", bare) or rule.endpoint == "static", rule.rule
        for parameter in re.findall(r"<([^>]+)>", rule.rule):
            if parameter.endswith("_id") and parameter not in ("lesson_id", "scenario_id", "instrument_id"):
                assert parameter.startswith("uuid:"), rule.rule


def some_address(app: Flask, rule: object) -> str:
    """A URL of a rule, with made-up parameters."""
    values = {}
    for name, converter in rule._converters.items():
        kind = type(converter).__name__
        values[name] = UUID(int=7) if kind == "UUIDConverter" else 1 if kind == "IntegerConverter" else "tidak-ada"
    with app.test_request_context():
        from flask import url_for

        return url_for(rule.endpoint, **values)


@pytest.fixture
def doors(app: Flask) -> list[tuple[str, str, object]]:
    """Every door as method, address, access."""
    return [
        (method, some_address(app, rule), access_of(app.view_functions[rule.endpoint]))
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods - IGNORED)
        if rule.endpoint != "static"
    ]


def test_a_stranger_meets_closed_doors(app: Flask, client: object, doors: list) -> None:
    """Without a session every door that is not public leads to the sign-in page."""
    for method, address, access in doors:
        if access != "public":
            answer = client.open(address, method=method)
            assert (302, "/masuk") == (answer.status_code, answer.headers["Location"].split("?")[0]), address
