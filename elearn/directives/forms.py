"""What the writer of a directive fills in, section by section, and the smaller forms of its life."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from wtforms import SelectChoice, ValidationError

from elearn.agencies.rules import MANAGERIAL, EmployeeKind, PostGroup
from elearn.content.rules import Citation
from elearn.core.fields import (
    CheckField,
    ChoiceField,
    DateField,
    Form,
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
from elearn.directives.duties import Target, Terms
from elearn.directives.wording import NATURES, Layout, Paper, Signatory, Wording

MOST_LINES = 400
"""Lines of a letter's body, some eight pages; a thousand points of a list would keep the press busy for a minute."""

MOST_INSTRUCTION_LINES = 40
"""Lines of a local instruction."""

MOST_NAMED = 200
"""People named one by one in a directive, for or against."""

MOST_NAMES, LONGEST_NAME = 30, 160
"""Lines of a list of addressees or copies, and characters in one."""

ALL, SOME, NAMED = "semua", "pilihan", "orang"
QUIZ_RULES = ("attempts", "wait_minutes", "minutes", "pass_percent", "review")
"""The rules of a quiz that a directive may set with one value each, by their names there."""

REVIEWS = (
    ("", "Seperti pada modul"),
    ("langsung", "Segera setelah kuis dikumpulkan"),
    ("setelah-lulus", "Setelah pegawai lulus"),
    ("setelah-tenggat", "Setelah tenggat edaran"),
)
"""When answers are explained, as a directive may set it."""

EVERY_POST, MANAGERS, SOME_POSTS = "semua", "manajerial", "pilihan"

WITHIN = " – "
"""What parts an OPD from its unit where units are listed."""

Choices = Iterable[tuple[str, str]]
"""What can be chosen: what the form sends, and what a person reads."""


class Known(Protocol):
    """Somebody found by NIP."""

    @property
    def employee_id(self) -> UUID: ...


Find = Callable[[Collection[str]], Mapping[str, Known]]
"""Finds those of many NIPs that belong to people serving here."""


class ReachForm(Form):
    """Whom a directive is to bind."""

    reach = RadioChoiceField(
        "Sasaran",
        choices=[
            SelectChoice(ALL, "Seluruh perangkat daerah"),
            SelectChoice(SOME, "Perangkat daerah pilihan"),
            SelectChoice(NAMED, "Hanya pegawai yang disebut namanya"),
        ],
        default=ALL,
        validators=[required("Pilih sasaran edaran.")],
    )
    agencies = ManyChoiceField("Perangkat daerah")
    kinds = ManyChoiceField("Jenis pegawai")
    posts = RadioChoiceField(
        "Jabatan",
        choices=[
            SelectChoice(EVERY_POST, "Semua jabatan"),
            SelectChoice(MANAGERS, "Hanya pejabat manajerial (pimpinan tinggi, administrator, dan pengawas)"),
            SelectChoice(SOME_POSTS, "Kelompok jabatan pilihan"),
        ],
        default=EVERY_POST,
    )
    groups = ManyChoiceField("Kelompok jabatan", choices=[SelectChoice(each.value, each.words) for each in PostGroup])
    people = LongTextField("Pegawai yang disebut namanya")
    excepted_agencies = ManyChoiceField("Perangkat daerah atau unit yang dikecualikan")
    excepted_people = LongTextField("Pegawai yang dikecualikan")

    def offer_reach(self, *, root_id: UUID, agencies: Choices, units: Choices, kinds: Choices, find: Find) -> None:
        """Set what can be chosen: OPD and all units by id, kinds by their word; `root_id` stands for all OPD."""
        self.root_id, self.find = root_id, find
        self.named: dict[str, list[Known]] = {"people": [], "excepted_people": []}
        self.agencies.choices = _choices(agencies)
        self.excepted_agencies.choices = _choices(units)
        self.kinds.choices = _choices(kinds)
        self.units: dict[str, list[str]] = {}
        for choice in self.excepted_agencies.choices:
            self.units.setdefault(choice.label.partition(WITHIN)[0], []).append(choice.value)

    def validate_agencies(self, field: ManyChoiceField) -> None:
        """With chosen agencies there must be one."""
        if self.reach.data == SOME and not field.data:
            raise ValidationError("Pilih paling sedikit satu perangkat daerah.")

    def validate_kinds(self, field: ManyChoiceField) -> None:
        """A rule needs a kind; named people need none."""
        if self.reach.data != NAMED and not field.data:
            raise ValidationError("Pilih paling sedikit satu jenis pegawai.")

    def validate_groups(self, field: ManyChoiceField) -> None:
        """With chosen groups there must be one."""
        if self.posts.data == SOME_POSTS and not field.data:
            raise ValidationError("Pilih paling sedikit satu kelompok jabatan.")

    def validate_people(self, field: LongTextField) -> None:
        """Each line names somebody who serves here; who addresses people by name names one."""
        self._recognise(field)
        if self.reach.data == NAMED and not self.named["people"]:
            raise ValidationError("Tulis paling sedikit satu NIP.")

    def validate_excepted_people(self, field: LongTextField) -> None:
        """Each line names somebody who serves here."""
        self._recognise(field)

    def target(self) -> Target:
        """Whom the choices mean."""
        agencies = {ALL: {self.root_id}, SOME: set(map(UUID, self.agencies.data or ()))}
        groups = {MANAGERS: MANAGERIAL, SOME_POSTS: self.groups.data or ()}
        return Target(
            agencies=frozenset(agencies.get(self.reach.data, ())),
            kinds=frozenset(self.kinds.data or ()),
            post_groups=frozenset(str(each) for each in groups.get(self.posts.data, ())),
            people=frozenset(each.employee_id for each in self.named["people"]),
            excepted_agencies=frozenset(map(UUID, self.excepted_agencies.data or ())),
            excepted_people=frozenset(each.employee_id for each in self.named["excepted_people"]),
        )

    def _recognise(self, field: LongTextField) -> None:
        """Find the people of a list of NIPs; a complaint names the lines in which there is nobody."""
        nips = {number: _bare(line) for number, line in enumerate((field.data or "").splitlines(), 1) if line.strip()}
        if len(nips) > MOST_NAMED:
            raise ValidationError(f"Tulis paling banyak {MOST_NAMED} NIP.")
        found = self.find(list(dict.fromkeys(nips.values())))
        self.named[field.name] = list(found.values())
        if strange := [str(number) for number, nip in nips.items() if nip not in found]:
            raise ValidationError(f"Tidak ada pegawai yang bertugas dengan NIP di baris {', '.join(strange)}.")


class DirectiveForm(ReachForm):
    """A whole directive."""

    number = TextField("Nomor", validators=[required(), length(max=60)])
    nature = ChoiceField("Sifat", choices=[SelectChoice(each, each) for each in NATURES], default="Penting")
    attachment = TextField("Lampiran", validators=[length(max=80)], default="-")
    subject = TextField("Hal", validators=[required(), length(max=200)])
    addressees = LongTextField("Yth. (alamat surat)")
    body = LongTextField("Isi edaran", validators=[required(), length(max=20000)])
    local_instruction = LongTextField("Arahan daerah", validators=[length(max=4000)])
    revokes_id = ChoiceField("Edaran yang dicabut", choices=[])
    module_slug = ChoiceField("Modul yang diselesaikan", validators=[required()])
    more_modules = ManyChoiceField("Modul lain yang juga diselesaikan")
    cites = ManyChoiceField("Dasar hukum", validators=[required("Pilih paling sedikit satu dasar hukum.")])
    deadline_on = DateField("Tenggat", validators=[required()])
    deadline_pns = DateField("Tenggat PNS", validators=[optional()])
    deadline_cpns = DateField("Tenggat CPNS", validators=[optional()])
    deadline_pppk = DateField("Tenggat PPPK", validators=[optional()])
    deadline_pppk_paruh_waktu = DateField("Tenggat PPPK Paruh Waktu", validators=[optional()])
    joiner_days = NumberField(
        "Hari bagi pegawai yang baru masuk sasaran", validators=[required(), between(0, 365)], default=14
    )
    valid_months = NumberField("Masa berlaku hasil (bulan)", validators=[optional(), between(1, 120)])
    valid_until = DateField("Hasil berlaku sampai dengan", validators=[optional()])
    credits_earlier = CheckField("Hasil yang masih berlaku saat terbit diakui", default=True)
    quiz_attempts = NumberField("Kesempatan", validators=[optional(), between(1, 20)])
    quiz_wait_minutes = NumberField("Jeda antara dua percobaan (menit)", validators=[optional(), between(0, 10080)])
    quiz_minutes = NumberField("Waktu kuis (menit)", validators=[optional(), between(5, 240)])
    quiz_pass_percent = NumberField("Batas lulus (persen)", validators=[optional(), between(1, 100)])
    quiz_review = ChoiceField("Pembahasan dibuka", choices=[SelectChoice(*each) for each in REVIEWS], default="")
    quiz_must_pass = ManyChoiceField("Topik yang harus lulus tersendiri")
    quiz_topic_percent = NumberField(
        "Batas lulus topik itu (persen)", validators=[optional(), between(1, 100)], default=70
    )
    place = TextField("Tempat", validators=[required(), length(max=80)])
    signatory_title = TextField("Jabatan penanda tangan", validators=[required(), length(max=200)])
    signatory_name = TextField("Nama penanda tangan", validators=[required(), length(max=200)])
    signatory_rank = TextField("Pangkat", validators=[required(), length(max=80)])
    signatory_nip = NipField("NIP", validators=[required(), length(18, 18)])
    copies = LongTextField("Tembusan")
    paper = RadioChoiceField(
        "Ukuran kertas",
        choices=[SelectChoice(Paper.A4, "A4 (210 × 297 mm)"), SelectChoice(Paper.F4, "F4 atau folio (215 × 330 mm)")],
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
        self.module_slug.choices, self.more_modules.choices = _choices(offered), _choices(offered)
        self.cites.choices = _choices((each.id, f"{each.label}: {each.says}") for each in citations)
        self.instruments: dict[str, list[str]] = {}
        for each in citations:
            self.instruments.setdefault(each.full, []).append(each.id)

    def offer_quiz(self, topics: Mapping[str, str]) -> None:
        """Set the topics that may have to be passed by themselves, by id."""
        self.quiz_must_pass.choices = _choices(topics.items())

    def offer_revocable(self, directives: Choices) -> None:
        """Set the directives in force that this one may revoke."""
        self.revokes_id.choices = _choices([("", "Tidak mencabut edaran lain"), *directives])

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


class CloseForm(Form):
    """Why a directive ends."""

    note = TextField("Catatan penutupan", validators=[required(), length(max=300)])


class ExemptForm(Form):
    """Who is exempted, why and since when."""

    nip = NipField("NIP pegawai", validators=[required(), length(18, 18)])
    reason = TextField("Alasan", validators=[required(), length(max=300)])
    from_on = DateField("Mulai", validators=[required()])


class EndExemptionForm(Form):
    """The first day on which somebody is bound again."""

    until_on = DateField("Terikat kembali mulai", validators=[required()])


class DeedForm(Form):
    """A button: to review, to issue, or to throw away."""


def deadline_field(kind: EmployeeKind) -> str:
    """The name of the field with a kind's own deadline."""
    return f"deadline_{kind.value.lower()}"


def _choices(pairs: Choices) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


def _at_most(field: LongTextField, lines: int) -> None:
    if len((field.data or "").splitlines()) > lines:
        raise ValidationError(f"Isi paling banyak {lines} baris.")


def _names_only(field: LongTextField) -> None:
    _at_most(field, MOST_NAMES)
    if any(len(line) > LONGEST_NAME for line in _lines(field)):
        raise ValidationError(f"Satu baris paling banyak {LONGEST_NAME} karakter.")


def _lines(field: LongTextField) -> tuple[str, ...]:
    return tuple(line.strip() for line in (field.data or "").splitlines() if line.strip())


def _bare(line: str) -> str:
    """A NIP without the signs people put between its groups."""
    return line.translate(str.maketrans("", "", " .-\t\u00a0"))


def _text(field: Any) -> str:
    return str(field.data)
