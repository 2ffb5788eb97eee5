"""The shape of what HR types about agencies: new ones, names, closures, mergers and splits."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms import Field

from elearn.agencies.lineage import NewAgency
from elearn.core.fields import (
    ChoiceField,
    DateField,
    Form,
    ManyChoiceField,
    TextField,
    length,
    optional,
    required,
)
from elearn.core.speech import say, term

NEW = "baru"
MOST_SUCCESSORS = 4
CODE = say("Kode")
NAME = say("Nama")
SHORT = say("Singkatan")
HEAD = say("Sebutan pimpinan")
ADDRESS = say("Alamat")


class NewAgencyForm(Form):
    """An agency to be opened."""

    name = TextField(NAME, [required(), length(max=200)])
    code = TextField(CODE, [required(), length(max=40)])
    short_name = TextField(SHORT, [length(max=60)])
    head_title = TextField(HEAD, [length(max=120)])
    address = TextField(ADDRESS, [length(max=300)])
    on = DateField(say("Dibentuk pada"), [required()])

    def described(self) -> NewAgency:
        """What was typed, as plain facts."""
        return NewAgency(
            code=str(self.code.data),
            name=str(self.name.data),
            short_name=self.short_name.data or None,
            address=self.address.data or None,
            head_title=self.head_title.data or None,
        )


class AgencyForm(Form):
    """What may be changed of an agency without leaving a history."""

    code = TextField(CODE, [required(), length(max=40)])
    short_name = TextField(SHORT, [length(max=60)])
    head_title = TextField(HEAD, [length(max=120)])
    address = TextField(ADDRESS, [length(max=300)])


class RenameForm(Form):
    """A new name and the day since which it holds."""

    name = TextField(say("Nama baru"), [required(), length(max=200)])
    short_name = TextField(SHORT, [length(max=60)])
    since = DateField(term("change", "Berlaku sejak"), [required()])


class CloseForm(Form):
    """The first day on which an agency is no more."""

    on = DateField(say("Ditutup sejak"), [required()])


class MergeForm(Form):
    """Which neighbours merge, on which day, and into what."""

    formers = ManyChoiceField(say("Yang digabung"), [optional()])
    into = ChoiceField(say("Digabung ke"), [required()])
    name = TextField(say("Nama yang baru"), [length(max=200)])
    code = TextField(say("Kode yang baru"), [length(max=40)])
    short_name = TextField(SHORT, [length(max=60)])
    head_title = TextField(HEAD, [length(max=120)])
    on = DateField(term("change", "Berlaku sejak"), [required()])

    def __init__(self, *args: Any, agencies: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.formers.choices = list(agencies.items())
        self.into.choices = {NEW: say("Yang baru, dengan nama di bawah ini"), **agencies}

    def validate(self, extra_validators: Any = None) -> bool:
        """Something is to be merged, and a new agency needs a name and a code."""
        is_sound = bool(super().validate(extra_validators))
        if not self.formers.data:
            self.formers.errors = [*self.formers.errors, say("Pilih paling sedikit dua unit.")]
            is_sound = False
        if self.into.data == NEW:
            return all([_filled(self.name), _filled(self.code)]) and is_sound
        return is_sound

    def described(self) -> NewAgency:
        """The new agency as plain facts."""
        return NewAgency(
            code=str(self.code.data),
            name=str(self.name.data),
            short_name=self.short_name.data or None,
            head_title=self.head_title.data or None,
        )


def _filled(field: Field) -> bool:
    if not field.data:
        field.errors = [*field.errors, say("Bagian ini perlu diisi.")]
    return bool(field.data)


class SuccessorsForm(Form):
    """Into what an agency is split, and when; it lives in the address, so that the next page knows it."""

    class Meta:
        csrf = False

    on = DateField(term("change", "Berlaku sejak"), [required()])
    name_1 = TextField(say("Nama unit baru pertama"), [required(), length(max=200)])
    code_1 = TextField(say("Kode unit baru pertama"), [required(), length(max=40)])
    name_2 = TextField(say("Nama unit baru kedua"), [required(), length(max=200)])
    code_2 = TextField(say("Kode unit baru kedua"), [required(), length(max=40)])
    name_3 = TextField(say("Nama unit baru ketiga"), [optional(), length(max=200)])
    code_3 = TextField(say("Kode unit baru ketiga"), [optional(), length(max=40)])
    name_4 = TextField(say("Nama unit baru keempat"), [optional(), length(max=200)])
    code_4 = TextField(say("Kode unit baru keempat"), [optional(), length(max=40)])

    def pairs(self) -> list[tuple[Field, Field]]:
        """The fields of name and code of each new agency."""
        places = range(1, MOST_SUCCESSORS + 1)
        return [(self[f"name_{place}"], self[f"code_{place}"]) for place in places]

    def validate(self, extra_validators: Any = None) -> bool:
        """Each name has its code and each code its name."""
        is_sound = bool(super().validate(extra_validators))
        half = [one if other.data else other for one, other in self.pairs() if bool(one.data) != bool(other.data)]
        return not [field for field in half if not _filled(field)] and is_sound

    def described(self) -> list[NewAgency]:
        """The new agencies as plain facts, in order."""
        return [NewAgency(code.data, name.data) for name, code in self.pairs() if name.data and code.data]

    def code_fields(self) -> list[str]:
        """The name of the field in which the code of each of the described stands, in the same order."""
        return [code.short_name for name, code in self.pairs() if name.data and code.data]


def assignment_form(
    units: Iterable[UUID], people: Iterable[UUID], successors: list[NewAgency]
) -> tuple[Form, dict[UUID, str], dict[UUID, str]]:
    """A form that asks for each unit and person which of the successors it goes to, and the names of its fields."""
    choices = {str(place): each.name for place, each in enumerate(successors)}
    unit_fields = {id_: f"unit_{id_.hex}" for id_ in units}
    person_fields = {id_: f"orang_{id_.hex}" for id_ in people}
    names = [*unit_fields.values(), *person_fields.values()]
    fields = {name: ChoiceField(say("Tujuan"), [required()], choices=choices, default="0") for name in names}
    made = type("AssignmentForm", (Form,), fields)()
    return made, unit_fields, person_fields


def assigned(form: Form, fields: dict[UUID, str]) -> dict[UUID, int]:
    """Which successor was chosen for each, by its place; the first, and what was not offered, is left out."""
    chosen = {id_: str(form[name].data) for id_, name in fields.items() if form[name].data in form[name].choices}
    return {id_: int(place) for id_, place in chosen.items() if place != "0"}
