"""A file of a stranger costs no more than it weighs, and what is wrong with it is said in Indonesian."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest

from elearn.content import reading, source
from elearn.content.reading import Reading

REAL = Path(__file__).resolve().parents[2] / "content"
Read = Callable[[str], Reading]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """A function that reads a text as a YAML file."""

    def as_file(text: str) -> Reading:
        path = tmp_path / "x.yaml"
        path.write_text(text, "utf-8")
        return reading.read_yaml(path)

    return as_file


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("a: b: c\n", 1, "titik dua"),
        ("a:\n\t- b\n", 2, "tanda khusus"),
        ("a: 1\n  b: 2\n", 2, "titik dua"),
        ("a: 'x\n", 2, "tanda kutip"),
        ("a: [1, 2\nb: 3\n", 2, "kurung siku"),
        ('a: "\\q"\n', 1, "garis miring"),
        ("a: 1\n---\nb: 2\n", 2, "satu dokumen"),
        ("x: 1\na: &n [1]\nb: *n\n", 2, "jangkar"),
        ("a: **tebal**\n", 1, "beri tanda kutip pada teks"),
        ("? [a]\n: b\n", 1, "nama di sini harus berupa teks"),
        ("a: 'x' y\n", 1, "tidak sejajar"),
        ("a: 2026-02-31\n", 1, "Nilai ini tidak terbaca"),
        ("a: !!python/name:os.system x\n", 1, "Nilai ini tidak terbaca"),
        ("x: 1\na: tersembunyi\u202edi sini\n", 2, "tanda tersembunyi"),
        ('a: "\\0"\n', 1, "tanda tersembunyi"),
        ("[" * 50_000, 1, "terlalu dalam"),
        ("{a: " * 10_000, 1, "terlalu dalam"),
    ],
)
def test_a_fault_is_named_in_its_line(read: Read, text: str, line: int, sentence: str) -> None:
    """One complaint, in Indonesian, where the author mends it."""
    complaints = read(text).complaints
    assert [line] == [each.line for each in complaints]
    assert sentence in complaints[0].sentence


def test_nothing_unfolds(read: Read) -> None:
    """Aliases of aliases, the billion laughs, are refused before any of them is followed."""
    laughs = "a0: &a0 ha\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    assert read(laughs).value is None


def test_what_other_editors_write_is_read(tmp_path: Path) -> None:
    """A byte order mark and Windows line ends are no faults; another encoding is one."""
    path = tmp_path / "pelajaran.md"
    path.write_bytes("\ufeff---\r\nid: awal\r\n---\r\n\r\nIsi.\r\n".encode())
    assert {"id": "awal", "body": "Isi."} == reading.read_lesson(path).value
    path.write_bytes("---\nid: é\n---\n".encode("latin-1"))
    assert "UTF-8" in reading.read_lesson(path).complaints[0].sentence


def test_no_damage_to_the_files_is_an_error(tmp_path: Path) -> None:
    """Lines lost, doubled, moved in or out and signs changed at random: complaints at most, never an exception."""
    dice = Random(11)
    files = [path for path in REAL.rglob("*") if path.suffix in (".yaml", ".md")]
    small = [path for path in files if path.parent.name in ("lessons", "scenarios", "pact") or "module" in path.name]
    for path in files:
        target = tmp_path / path.relative_to(REAL)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path.read_text())
    known = source.load(REAL, date(2026, 11, 21)).register
    for name in ("citations.yaml", "rules.yaml"):
        (tmp_path / name).unlink()
    for path in dice.sample(small, 12):
        target = tmp_path / path.relative_to(REAL)
        target.write_text(damaged(path.read_text(), dice))
    found = source.load(tmp_path, date(2026, 11, 21), known)
    assert found.complaints


def damaged(text: str, dice: Random) -> str:
    """The text with a few accidents."""
    lines = text.splitlines()
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(lines))
        accident = dice.choice(("lose", "double", "in", "out", "sign", "value"))
        line = lines[place]
        lines[place : place + 1] = {
            "lose": [],
            "double": [line, line],
            "in": [f"  {line}"],
            "out": [line.removeprefix("  ")],
            "sign": [line.replace(dice.choice(line or " "), dice.choice(":-[{\"'*&#|> 1"), 1)],
            "value": [f"{line.partition(':')[0]}: {dice.choice(('[]', '1', '{}', 'null', '[[1]]', '1.5', 'true'))}"],
        }[accident]
        lines = lines or [""]
    return "\n".join(lines)
