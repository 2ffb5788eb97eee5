"""Part of the curriculum rests on what is known; every file has its place, every module its own name."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from elearn.content import source, writing
from elearn.content.law import Register
from elearn.content.pacts import PactText
from elearn.content.source import Source
from tests.factories.content import a_module, a_pact, a_register

TODAY = date(2026, 11, 21)
Load = Callable[..., Source]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """A function that writes a module without its pact and some more files, and reads them."""

    def read(
        files: dict[str, str] | None = None, known: Register | None = None, pacts: tuple[str, ...] = ()
    ) -> Source:
        for path, text in (writing.module_files(a_module()) | (files or {})).items():
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        return source.load(tmp_path, TODAY, known, pacts)

    return read


def sentences(found: Source) -> list[str]:
    """The complaints, each with its path inside the folder."""
    return [f"{'/'.join(Path(each.path).parts[-3:])}: {each.sentence}" for each in found.complaints]


def test_a_module_alone_rests_on_what_is_published(load: Load) -> None:
    """The known register carries it, a known pact counts, and it brings no register of its own."""
    found = load(known=a_register(), pacts=(a_pact().slug,))
    assert ((), None) == (found.complaints, found.register)
    assert a_register().citations == found.modules[0].citations


def test_what_is_not_known_is_missed(load: Load) -> None:
    """Without a register somewhere, or without its pact, a module is not sound."""
    assert any("citations.yaml: Berkas ini tidak ada" in each for each in sentences(load(pacts=(a_pact().slug,))))
    assert any("Naskah pakta" in each for each in sentences(load(known=a_register())))


@pytest.mark.parametrize(
    "path",
    ["modules/netralitas-asn/lesson/x.md", "modules/lain/lessons/x.md", "lessons/x.md", "modules/x.yaml",
     "rules.yaml", "pact/x.md", "modules/netralitas-asn/lessons/dalam/x.md", "pictures/x.yaml"],
)  # fmt: skip
def test_a_file_that_nobody_reads_is_named(load: Load, path: str) -> None:
    """A misspelled or misplaced file is not passed over in silence."""
    found = load({path: "x"}, a_register(), (a_pact().slug,))
    strays = [each.path for each in found.complaints if "tidak dibaca" in each.sentence]
    assert [True] == [stray.endswith(f"/{path}") for stray in strays]


def test_a_word_to_the_reader_is_welcome(load: Load) -> None:
    """Markdown on top of the folder is for people."""
    assert () == load({writing.README: "Halo."}, a_register(), (a_pact().slug,)).complaints


def test_a_module_is_called_as_its_folder_and_a_pact_as_its_file(load: Load) -> None:
    """So that no two in a folder are called the same."""
    twin: PactText = a_pact()
    files = writing.module_files(a_module())
    other = {path.replace("/netralitas-asn/", "/kembar/"): text for path, text in files.items()}
    found = load({**other, "pact/kembar.yaml": writing.pact_files(twin)[f"pact/{twin.slug}.yaml"]}, a_register())
    assert ["“kembar”", "“kembar”"] == [each[-9:-1] for each in sentences(found) if "harus sama" in each]
