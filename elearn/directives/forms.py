"""What the writer of a directive fills in."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from wtforms import SelectChoice, ValidationError

from elearn.content.rules import Citation
from elearn.core.fields import (
    ChoiceField,
    DateField,
    Form,
    LongTextField,
    ManyChoiceField,
    NipField,
    RadioChoiceField,
    TextField,
    length,
    required,
)
from elearn.directives.duties import Target
from elearn.directives.rules import Signatory, Wording

MOST_LINES = 400
"""Lines of a letter's body, some eight pages; a thousand points of a list would keep the press busy for a minute."""

MOST_INSTRUCTION_LINES = 40
"""Lines of a local instruction."""

ALL, SOME = "semua", "pilihan"

Choices = Iterable[tuple[str, str]]
"""What can be chosen: what the form sends, and what a person reads."""


class ReachForm(Form):
    """Whom a directive is to bind."""

    reach = RadioChoiceField(
        "Sasaran",
        choices=[SelectChoice(ALL, "Seluruh perangkat daerah"), SelectChoice(SOME, "Perangkat daerah pilihan")],
        default=ALL,
        validators=[required("Pilih sasaran edaran.")],
    )
    agencies = ManyChoiceField("Perangkat daerah")
    kinds = ManyChoiceField("Jenis pegawai", validators=[required("Pilih paling sedikit satu jenis pegawai.")])

    def offer_reach(self, *, root_id: UUID, agencies: Choices, kinds: Choices) -> None:
        """Set what can be chosen: OPD by id, kinds of employee by their word; `root_id` stands for all OPD."""
        self.root_id = root_id
        self.agencies.choices = _choices(agencies)
        self.kinds.choices = _choices(kinds)

    def validate_agencies(self, field: ManyChoiceField) -> None:
        """With chosen agencies there must be one."""
        if self.reach.data == SOME and not field.data:
            raise ValidationError("Pilih paling sedikit satu perangkat daerah.")

    def target(self) -> Target:
        """Whom the choices mean."""
        ids = frozenset(map(UUID, self.agencies.data or ())) if self.reach.data == SOME else {self.root_id}
        return Target(frozenset(ids), frozenset(self.kinds.data or ()))


class DirectiveForm(ReachForm):
    """A whole directive."""

    number = TextField("Nomor", validators=[required(), length(max=60)])
    subject = TextField("Hal", validators=[required(), length(max=200)])
    body = LongTextField("Isi edaran", validators=[required(), length(max=20000)])
    local_instruction = LongTextField("Arahan daerah", validators=[length(max=4000)])
    module_slug = ChoiceField("Modul yang diselesaikan", validators=[required()])
    cites = ManyChoiceField("Dasar hukum", validators=[required("Pilih paling sedikit satu dasar hukum.")])
    deadline_on = DateField("Tenggat", validators=[required()])
    place = TextField("Tempat", validators=[required(), length(max=80)])
    signatory_title = TextField("Jabatan penanda tangan", validators=[required(), length(max=200)])
    signatory_name = TextField("Nama penanda tangan", validators=[required(), length(max=200)])
    signatory_rank = TextField("Pangkat", validators=[required(), length(max=80)])
    signatory_nip = NipField("NIP", validators=[required(), length(18, 18)])

    def validate_body(self, field: LongTextField) -> None:
        """A letter is not a book."""
        _at_most(field, MOST_LINES)

    def validate_local_instruction(self, field: LongTextField) -> None:
        """It is shown above every lesson, so it stays short."""
        _at_most(field, MOST_INSTRUCTION_LINES)

    def offer_content(self, *, modules: Choices, citations: Sequence[Citation]) -> None:
        """Set the modules by slug, and the citations that can be chosen, to be shown by instrument."""
        self.module_slug.choices = _choices(modules)
        self.cites.choices = _choices((each.id, f"{each.label}: {each.says}") for each in citations)
        self.instruments: dict[str, list[str]] = {}
        for each in citations:
            self.instruments.setdefault(each.full, []).append(each.id)

    def wording(self) -> Wording:
        """What was filled in, as the rules know it."""
        return Wording(
            number=_text(self.number),
            subject=_text(self.subject),
            body=_text(self.body),
            local_instruction=str(self.local_instruction.data or ""),
            module_slug=_text(self.module_slug),
            cites=tuple(self.cites.data),
            target=self.target(),
            deadline_on=self.deadline_on.data,
            place=_text(self.place),
            signatory=Signatory(
                name=_text(self.signatory_name),
                title=_text(self.signatory_title),
                rank=_text(self.signatory_rank),
                nip=_text(self.signatory_nip),
            ),
        )


class DeedForm(Form):
    """A button: to issue, or to throw away."""


def _choices(pairs: Choices) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


def _at_most(field: LongTextField, lines: int) -> None:
    if len((field.data or "").splitlines()) > lines:
        raise ValidationError(f"Isi paling banyak {lines} baris.")


def _text(field: Any) -> str:
    return str(field.data)
