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

NEW = "baru"
MOST_SUCCESSORS = 4
CODE = "Kode"
NAME = "Nama"
SHORT = "Singkatan"
HEAD = "Sebutan pimpinan"
ADDRESS = "Alamat"


class NewAgencyForm(Form):
    """An agency to be opened."""

    name = TextField(NAME, [required(), length(max=200)])
    code = TextField(CODE, [required(), length(max=40)])
    short_name = TextField(SHORT, [length(max=60)])
    head_title = TextField(HEAD, [length(max=120)])
    address = TextField(ADDRESS, [length(max=300)])
    on = DateField("Dibentuk pada", [required()])

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

    name = TextField("Nama baru", [required(), length(max=200)])
    short_name = TextField(SHORT, [length(max=60)])
    since = DateField("Berlaku sejak", [required()])


class CloseForm(Form):
    """The first day on which an agency is no more."""

    on = DateField("Ditutup sejak", [required()])


class MergeForm(Form):
    """Which neighbours merge, on which day, and into what."""

    formers = ManyChoiceField("Yang digabung", [optional()])
    into = ChoiceField("Digabung ke", [required()])
    name = TextField("Nama yang baru", [length(max=200)])
    code = TextField("Kode yang baru", [length(max=40)])
    short_name = TextField(SHORT, [length(max=60)])
    head_title = TextField(HEAD, [length(max=120)])
    on = DateField("Berlaku sejak", [required()])

    def __init__(self, *args: Any, agencies: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.formers.choices = list(agencies.items())
        self.into.choices = {NEW: "Yang baru, dengan nama di bawah ini", **agencies}

    def validate(self, extra_validators: Any = None) -> bool:
        """Something is to be merged, and a new agency needs a name and a code."""
        is_sound = bool(super().validate(extra_validators))
        if not self.formers.data:
            self.formers.errors = [*self.formers.errors, "Pilih paling sedikit dua unit."]
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
        field.errors = [*field.errors, "Bagian ini perlu diisi."]
    return bool(field.data)


class SuccessorsForm(Form):
    """Into what an agency is split, and when; it lives in the address, so that the next page knows it."""

    class Meta:
        csrf = False

    on = DateField("Berlaku sejak", [required()])
    name_1 = TextField("Nama unit baru pertama", [required(), length(max=200)])
    code_1 = TextField("Kode unit baru pertama", [required(), length(max=40)])
    name_2 = TextField("Nama unit baru kedua", [required(), length(max=200)])
    code_2 = TextField("Kode unit baru kedua", [required(), length(max=40)])
    name_3 = TextField("Nama unit baru ketiga", [optional(), length(max=200)])
    code_3 = TextField("Kode unit baru ketiga", [optional(), length(max=40)])
    name_4 = TextField("Nama unit baru keempat", [optional(), length(max=200)])
    code_4 = TextField("Kode unit baru keempat", [optional(), length(max=40)])

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


def assignment_form(
    units: Iterable[UUID], people: Iterable[UUID], successors: list[NewAgency]
) -> tuple[Form, dict[UUID, str], dict[UUID, str]]:
    """A form that asks for each unit and person which of the successors it goes to, and the names of its fields."""
    choices = {str(place): each.name for place, each in enumerate(successors)}
    unit_fields = {id_: f"unit_{id_.hex}" for id_ in units}
    person_fields = {id_: f"orang_{id_.hex}" for id_ in people}
    names = [*unit_fields.values(), *person_fields.values()]
    fields = {name: ChoiceField("Tujuan", [required()], choices=choices, default="0") for name in names}
    made = type("AssignmentForm", (Form,), fields)()
    return made, unit_fields, person_fields


def assigned(form: Form, fields: dict[UUID, str]) -> dict[UUID, int]:
    """Which successor was chosen for each, by its place; the first, and what was not offered, is left out."""
    chosen = {id_: str(form[name].data) for id_, name in fields.items() if form[name].data in form[name].choices}
    return {id_: int(place) for id_, place in chosen.items() if place != "0"}
