"""Files are read with their lines, and every complaint names the place where an author mends it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from elearn.content import source

TODAY = date(2026, 11, 21)

CITATIONS = """\
slug: dasar-hukum
title: Dasar hukum
instruments:
  - id: pp
    short: PP 94/2021
    full: Peraturan Pemerintah Nomor 94 Tahun 2021
    form: peraturan
    in_force_from: 2021-08-31
citations:
  - id: pp-94
    instrument: pp
    article: Pasal 5
    says: Isi aturan.
    confidence: A
    sources: [contoh]
    checked_on: 2026-11-21
"""
RULES = """\
- id: P-01
  kind: larangan
  text: Memasang alat peraga.
  phase: Calon
  confidence: B
  cites: [pp-94]
"""
PACT = """\
slug: pakta
title: Pakta
opening: Saya menyatakan.
clauses:
  - {id: satu, title: Satu, text: Saya netral.}
closing: Demikian.
cites: [pp-94]
"""
MODULE = """\
slug: contoh
title: Contoh
summary: Ringkas.
minutes: 10
topics:
  - {id: dasar, title: Dasar}
parts:
  - lesson: awal
quiz:
  questions: 1
  pass_percent: 70
  minutes: 5
  grace_seconds: 30
  attempts: 2
  wait_minutes: 5
  blueprint:
    - {topic: dasar, draw: 1}
pact: pakta
"""
LESSON = """\
---
id: awal
title: Awal
minutes: 2
topic: dasar
cites: [pp-94]
covers: [P-01]
---

Paragraf pertama.

Paragraf kedua [@pp-94].
"""
QUESTIONS = """\
- id: soal-1
  topic: dasar
  difficulty: 1
  kind: single
  stem: Pilih yang mana?
  options:
    - {id: a, text: Ini, correct: true}
    - {id: b, text: Itu, feedback: Bukan itu.}
    - {id: c, text: Entah, feedback: Lihat aturannya.}
  explanation: |
    Karena begitu.

    Menurut aturan.
  cites: [pp-94]
  covers: [P-01]
- id: soal-2
  topic: dasar
  difficulty: 2
  kind: single
  stem: Lalu yang mana?
  options:
    - {id: a, text: Ini, correct: true}
    - {id: b, text: Itu, feedback: Bukan itu.}
    - {id: c, text: Entah, feedback: Lihat aturannya.}
  explanation: Karena begitu.
  cites: [pp-94]
  covers: [P-01]
"""
FILES = {
    "citations.yaml": CITATIONS,
    "rules.yaml": RULES,
    "pact/pakta.yaml": PACT,
    "modules/contoh/module.yaml": MODULE,
    "modules/contoh/lessons/awal.md": LESSON,
    "modules/contoh/questions/dasar.yaml": QUESTIONS,
}

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A function that writes the small sound content, with one text replaced in one file."""

    def write(name: str = "citations.yaml", old: str = "", new: str = "") -> Path:
        for path, text in FILES.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.replace(old, new) if path == name and old else text)
        return tmp_path

    return write


def test_sound_files_have_no_complaints(write: Write) -> None:
    """The small content is read whole."""
    found = source.load(write(), TODAY)
    assert () == found.complaints
    assert ("contoh", "pakta") == (found.modules[0].slug, found.pacts[0].slug)
    assert "Paragraf pertama.\n\nParagraf kedua [@pp-94]." == found.modules[0].lessons[0].body.markdown


BANK = "modules/contoh/questions/dasar.yaml"
YAML = "modules/contoh/module.yaml"
READING = "modules/contoh/lessons/awal.md"
MISTAKES = [
    ("citations.yaml", "confidence: A", "confidence: C", BANK, 14, "bernilai C"),
    ("citations.yaml", "says: Isi aturan.", "says: [salah", "citations.yaml", 14, "YAML tidak terbaca"),
    ("citations.yaml", "says: Isi aturan.", "isi: aturan", "citations.yaml", 13, "“isi” tidak dikenal"),
    ("citations.yaml", "  article: Pasal 5", "  article: 5", "citations.yaml", 12, "teks"),
    ("pact/pakta.yaml", "cites: [pp-94]", "cites: [pp-95]", "pact/pakta.yaml", 7, "pp-95"),
    ("pact/pakta.yaml", "slug: pakta", "slug: lain", YAML, 18, "Naskah pakta"),
    (YAML, "  minutes: 5", "  minutes: lima", YAML, 12, "bilangan"),
    (YAML, "minutes: 10", "minutes: 9\nminutes: 10", YAML, 5, "dua kali"),
    (YAML, "lesson: awal", "lesson: akhir", YAML, 8, "akhir"),
    (YAML, "- lesson: awal", "- awal", YAML, 8, "pasangan"),
    (READING, " [@pp-94]", " menurut Pasal 5", READING, 12, "tanpa rujukan"),
    (READING, "topic: dasar", "topic: umum", READING, 5, "umum"),
    (READING, "---", "", READING, 1, "bagian kepala"),
    (BANK, "id: soal-2", "id: soal-1", BANK, 16, "lebih dari satu kali"),
    (BANK, "text: Itu,", "text: Itu, correct: true,", BANK, 7, "tepat satu"),
    (BANK, "Menurut aturan.", "Menurut aturan [@x].", BANK, 13, "tidak ada di cites"),
]  # fmt: skip
IDS = [new or old for _, old, new, *_ in MISTAKES]


@pytest.mark.parametrize(
    ("file", "old", "new", "path", "line", "word"), MISTAKES, ids=[m[2] or "---" for m in MISTAKES]
)
def test_a_mistake_is_reported_with_file_and_line(
    write: Write, file: str, old: str, new: str, path: str, line: int, word: str
) -> None:
    """The file that an author opens and the line she looks at, whichever file the mistake was found through."""
    root = write(file, old, new)
    places = [(each.path, each.line) for each in source.load(root, TODAY).complaints if word in each.sentence]
    assert (f"{root.as_posix()}/{path}", line) in places


def test_a_missing_register_is_a_complaint(write: Write) -> None:
    """Without citations.yaml nothing can be published, and the reason is said."""
    root = write()
    (root / "citations.yaml").unlink()
    assert any("tidak ada" in each.sentence for each in source.load(root, TODAY).complaints)


def test_a_complaint_reads_as_file_line_and_sentence(write: Write) -> None:
    """So that a terminal or an editor makes it a link."""
    root = write("pact/pakta.yaml", "opening: Saya menyatakan.", "opening: ''")
    assert f"{root.as_posix()}/pact/pakta.yaml:3: Teks di sini masih kosong." in map(
        str, source.load(root, TODAY).complaints
    )


def test_a_rule_that_no_module_covers_is_a_complaint_where_it_stands(write: Write) -> None:
    """In rules.yaml, at the line of the rule."""
    root = write(BANK, "  covers: [P-01]\n", "")
    (complaint,) = source.load(root, TODAY).complaints
    assert (f"{root.as_posix()}/rules.yaml", 1) == (complaint.path, complaint.line)
    assert "“P-01” belum cukup" in complaint.sentence


def test_known_modules_cover_what_a_folder_does_not_replace(write: Write) -> None:
    """A new register with one module of several is measured with the others."""
    (module,) = source.load(write(), TODAY).modules
    root = write(BANK, "  covers: [P-01]\n", "")
    assert () == source.load(root, TODAY, known_modules=[replace(module, slug="lain")]).complaints
    assert () != source.load(root, TODAY, known_modules=[module]).complaints


def test_a_folder_without_a_register_need_not_cover_it(write: Write) -> None:
    """It rests on the known one, and answers for its own parts only."""
    known = source.load(write(), TODAY).register
    root = write(BANK, "  covers: [P-01]\n", "")
    (root / "citations.yaml").unlink()
    (root / "rules.yaml").unlink()
    found = source.load(root, TODAY, known)
    assert (None, ()) == (found.register, found.complaints)


def test_gaps_are_not_told_before_every_module_is_read(write: Write) -> None:
    """One broken file would make every rule a complaint."""
    root = write(YAML, "minutes: 10", "minutes: sepuluh")
    assert not [each for each in source.load(root, TODAY).complaints if "P-01" in each.sentence]


def test_a_drawing_is_judged_in_its_file(write: Write) -> None:
    """With the line of the element."""
    root = write()
    (root / "pictures").mkdir()
    (root / "pictures/ponsel.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n<text/></svg>'
    )
    (complaint,) = source.load(root, TODAY).complaints
    assert (f"{root.as_posix()}/pictures/ponsel.svg", 2) == (complaint.path, complaint.line)
