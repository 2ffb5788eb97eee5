"""The shape of what people type about holidays and elections."""

from typing import Any

from elearn.calendar.rules import PhaseKind, Span
from elearn.core.fields import DateField, Form, RadioChoiceField, TextField, length, optional, required
from elearn.core.speech import say

CLOSED, OPEN = "tutup", "buka"


class HolidayForm(Form):
    """One day of the regency's own."""

    day = DateField(say("Tanggal"), [required()])
    name = TextField(say("Nama"), [required(), length(max=120)])
    kind = RadioChoiceField(
        say("Pada hari itu kantor"),
        [required()],
        choices={CLOSED: say("tutup"), OPEN: say("tetap bekerja")},
        default=CLOSED,
    )


class ElectionForm(Form):
    """An election and its phases; a phase without days is left out."""

    name = TextField(say("Nama pemilihan"), [required(), length(max=160)])
    polling_on = DateField(say("Hari pemungutan suara"), [required()])

    def phases(self) -> list[Span]:
        """The phases whose days were filled in."""
        pairs = ((kind, *self.days_of(kind)) for kind in PhaseKind)
        return [Span(kind, first.data, last.data) for kind, first, last in pairs if first.data and last.data]

    def days_of(self, kind: PhaseKind) -> tuple[DateField, DateField]:
        """The fields for the first and the last day of a phase."""
        return self[f"from_{kind.name.lower()}"], self[f"until_{kind.name.lower()}"]

    def validate(self, extra_validators: Any = None) -> bool:
        """Each phase has both days or neither."""
        is_sound = super().validate(extra_validators)
        halves = [field for kind in PhaseKind for field in self._half_of(kind)]
        for field in halves:
            field.errors = [*field.errors, say("Isi tanggal mulai dan tanggal berakhir, atau kosongkan keduanya.")]
        return is_sound and not halves

    def _half_of(self, kind: PhaseKind) -> list[DateField]:
        first, last = self.days_of(kind)
        return [field for field, other in ((first, last), (last, first)) if not field.data and other.data]


for _kind in PhaseKind:
    _first, _last = say("Mulai %(phase)s", phase=_kind.words), say("Sampai %(phase)s", phase=_kind.words)
    setattr(ElectionForm, f"from_{_kind.name.lower()}", DateField(_first, [optional()]))
    setattr(ElectionForm, f"until_{_kind.name.lower()}", DateField(_last, [optional()]))
