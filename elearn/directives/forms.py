"""What the writer of a directive fills in, section by section."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from wtforms import SelectChoice, ValidationError

from elearn.agencies.rules import EmployeeKind
from elearn.content.law import Citation
from elearn.core.fields import (
    CheckField,
    ChoiceField,
    DateField,
    LongTextField,
    ManyChoiceField,
    NipField,
    NumberField,
    RadioChoiceField,
    TextField,
    between,
    length,
    optional,
    required,
)
from elearn.core.speech import say
from elearn.directives.duties import Terms
from elearn.directives.reach_forms import Choices, ReachForm, choices_of
from elearn.directives.wording import NATURES, Layout, Paper, Signatory, Wording

MOST_LINES = 400
"""Lines of a letter's body, some eight pages; a thousand points of a list would keep the press busy for a minute."""

MOST_INSTRUCTION_LINES = 40
"""Lines of a local instruction."""

MOST_NAMES, LONGEST_NAME = 30, 160
"""Lines of a list of addressees or copies, and characters in one."""

_NUMBER = re.compile(r"^\s*(\d{1,2}[.)]|[-–•])\s+")
QUIZ_RULES = ("attempts", "wait_minutes", "minutes", "pass_percent", "review")
"""The rules of a quiz that a directive may set with one value each, by their names there."""

REVIEWS = (
    ("", say("Seperti pada modul")),
    ("langsung", say("Segera setelah kuis dikumpulkan")),
    ("setelah-lulus", say("Setelah pegawai lulus")),
    ("setelah-tenggat", say("Setelah tenggat edaran")),
)
"""When answers are explained, as a directive may set it."""


NATURE_CHOICES = tuple(zip(NATURES, (say("Biasa"), say("Penting"), say("Segera"), say("Sangat Segera")), strict=True))
"""How urgent a letter says it is, and how that is told to its writer."""


class DirectiveForm(ReachForm):
    """A whole directive."""

    number = TextField(say("Nomor"), validators=[required(), length(max=60)])
    nature = ChoiceField(say("Sifat"), choices=[SelectChoice(*each) for each in NATURE_CHOICES], default=NATURES[1])
    attachment = TextField(say("Lampiran"), validators=[length(max=80)], default="-")
    subject = TextField(say("Hal"), validators=[required(), length(max=200)])
    addressees = LongTextField(say("Yth. (alamat surat)"))
    body = LongTextField(say("Isi edaran"), validators=[required(), length(max=20000)])
    local_instruction = LongTextField(say("Arahan daerah"), validators=[length(max=4000)])
    revokes_id = ChoiceField(say("Edaran yang dicabut"), choices=[])
    module_slug = ChoiceField(say("Modul yang diselesaikan"), validators=[required()])
    more_modules = ManyChoiceField(say("Modul lain yang juga diselesaikan"))
    cites = ManyChoiceField(say("Dasar hukum"), validators=[required(say("Pilih paling sedikit satu dasar hukum."))])
    deadline_on = DateField(say("Tenggat"), validators=[required()])
    deadline_pns = DateField(say("Tenggat PNS"), validators=[optional()])
    deadline_cpns = DateField(say("Tenggat CPNS"), validators=[optional()])
    deadline_pppk = DateField(say("Tenggat PPPK"), validators=[optional()])
    deadline_pppk_paruh_waktu = DateField(say("Tenggat PPPK Paruh Waktu"), validators=[optional()])
    joiner_days = NumberField(
        say("Hari bagi pegawai yang baru masuk sasaran"), validators=[required(), between(0, 365)], default=14
    )
    valid_months = NumberField(say("Masa berlaku hasil (bulan)"), validators=[optional(), between(1, 120)])
    valid_until = DateField(say("Hasil berlaku sampai dengan"), validators=[optional()])
    credits_earlier = CheckField(say("Hasil yang masih berlaku saat terbit diakui"), default=True)
    quiz_attempts = NumberField(say("Kesempatan"), validators=[optional(), between(1, 20)])
    quiz_wait_minutes = NumberField(
        say("Jeda antara dua percobaan (menit)"), validators=[optional(), between(0, 10080)]
    )
    quiz_minutes = NumberField(say("Waktu kuis (menit)"), validators=[optional(), between(5, 240)])
    quiz_pass_percent = NumberField(say("Batas lulus (persen)"), validators=[optional(), between(1, 100)])
    quiz_review = ChoiceField(say("Pembahasan dibuka"), choices=[SelectChoice(*each) for each in REVIEWS], default="")
    quiz_must_pass = ManyChoiceField(say("Topik yang harus lulus tersendiri"))
    quiz_topic_percent = NumberField(
        say("Batas lulus topik itu (persen)"), validators=[optional(), between(1, 100)], default=70
    )
    place = TextField(say("Tempat"), validators=[required(), length(max=80)])
    signatory_title = TextField(say("Jabatan penanda tangan"), validators=[required(), length(max=200)])
    signatory_name = TextField(say("Nama penanda tangan"), validators=[required(), length(max=200)])
    signatory_rank = TextField(say("Pangkat"), validators=[required(), length(max=80)])
    signatory_nip = NipField(say("NIP"), validators=[required(), length(18, 18)])
    copies = LongTextField(say("Tembusan"))
    paper = RadioChoiceField(
        say("Ukuran kertas"),
        choices=[
            SelectChoice(Paper.A4, say("A4 (210 × 297 mm)")),
            SelectChoice(Paper.F4, say("F4 atau folio (215 × 330 mm)")),
        ],
        default=Paper.A4.value,
    )

    def validate_body(self, field: LongTextField) -> None:
        """A letter is not a book."""
        _at_most(field, MOST_LINES)

    def validate_local_instruction(self, field: LongTextField) -> None:
        """It is shown above every lesson, so it stays short."""
        _at_most(field, MOST_INSTRUCTION_LINES)

    def validate_addressees(self, field: LongTextField) -> None:
        """A list of addressees fits on the first page."""
        _names_only(field)

    def validate_copies(self, field: LongTextField) -> None:
        """A list of copies fits under the signature."""
        _names_only(field)

    def offer_content(self, *, modules: Choices, citations: Sequence[Citation]) -> None:
        """Set the modules by slug, and the citations that can be chosen, to be shown by instrument."""
        offered = list(modules)
        self.module_slug.choices, self.more_modules.choices = choices_of(offered), choices_of(offered)
        self.cites.choices = choices_of((each.id, f"{each.label}: {each.says}") for each in citations)
        self.instruments: dict[str, list[str]] = {}
        for each in citations:
            self.instruments.setdefault(each.full, []).append(each.id)

    def offer_quiz(self, topics: Mapping[str, Mapping[str, str]]) -> None:
        """Set the topics that may have to be passed by themselves, by id, to be shown by module."""
        titles: dict[str, str] = {}
        self.topics_by_module: dict[str, list[str]] = {}
        for module, asked in topics.items():
            self.topics_by_module[module] = [each for each in asked if each not in titles]
            titles |= asked
        self.quiz_must_pass.choices = choices_of(titles.items())

    def offer_revocable(self, directives: Choices) -> None:
        """Set the directives in force that this one may revoke."""
        self.revokes_id.choices = choices_of([("", say("Tidak mencabut edaran lain")), *directives])

    def wording(self) -> Wording:
        """What was filled in, as the rules know it."""
        return Wording(
            number=_text(self.number),
            subject=_text(self.subject),
            body=_text(self.body),
            local_instruction=str(self.local_instruction.data or ""),
            module_slug=_text(self.module_slug),
            more_modules=tuple(self.more_modules.data or ()),
            cites=tuple(self.cites.data),
            target=self.target(),
            deadline_on=self.deadline_on.data,
            deadlines=self._deadlines(),
            joiner_days=self.joiner_days.data,
            terms=Terms(self.valid_months.data, self.valid_until.data, self.credits_earlier.data),
            quiz_terms=self._quiz_terms(),
            layout=self._layout(),
            place=_text(self.place),
            signatory=self._signatory(),
            revokes_id=UUID(self.revokes_id.data) if self.revokes_id.data else None,
        )

    def _quiz_terms(self) -> dict[str, Any]:
        """The rules of the quiz that were filled in."""
        told = {name: self[f"quiz_{name}"].data for name in QUIZ_RULES}
        percent = self.quiz_topic_percent.data or self.quiz_topic_percent.default
        marks = [{"topic": topic, "percent": percent} for topic in self.quiz_must_pass.data or ()]
        return {name: value for name, value in {**told, "must_pass": marks}.items() if value not in (None, "", [])}

    def _deadlines(self) -> dict[str, date]:
        """The days of single kinds, where they differ from the general one."""
        days = {kind.value: self[deadline_field(kind)].data for kind in EmployeeKind}
        return {kind: day for kind, day in days.items() if day and day != self.deadline_on.data}

    def _layout(self) -> Layout:
        return Layout(
            nature=_text(self.nature),
            attachment=str(self.attachment.data or "-"),
            addressees=_lines(self.addressees),
            copies=_lines(self.copies),
            paper=Paper(self.paper.data),
        )

    def _signatory(self) -> Signatory:
        return Signatory(
            name=_text(self.signatory_name),
            title=_text(self.signatory_title),
            rank=_text(self.signatory_rank),
            nip=_text(self.signatory_nip),
        )


def quiz_fields(terms: Mapping[str, Any]) -> dict[str, Any]:
    """Rules of a quiz as the fields of the form have them."""
    marks = terms.get("must_pass", ())
    found = {f"quiz_{name}": terms[name] for name in QUIZ_RULES if name in terms}
    percent = {"quiz_topic_percent": marks[0]["percent"]} if marks else {}
    return {**found, "quiz_must_pass": [mark["topic"] for mark in marks], **percent}


def deadline_field(kind: EmployeeKind) -> str:
    """The name of the field with a kind's own deadline."""
    return f"deadline_{kind.value.lower()}"


def _at_most(field: LongTextField, lines: int) -> None:
    if len((field.data or "").splitlines()) > lines:
        raise ValidationError(say("Isi paling banyak %(lines)s baris.", lines=lines))


def _names_only(field: LongTextField) -> None:
    _at_most(field, MOST_NAMES)
    if any(len(line) > LONGEST_NAME for line in _lines(field)):
        raise ValidationError(say("Satu baris paling banyak %(most)s karakter.", most=LONGEST_NAME))


def _lines(field: LongTextField) -> tuple[str, ...]:
    """What stands in each line; the letter numbers them itself."""
    lines = (_NUMBER.sub("", line).strip() for line in (field.data or "").splitlines())
    return tuple(line for line in lines if line)


def _text(field: Any) -> str:
    return str(field.data)
