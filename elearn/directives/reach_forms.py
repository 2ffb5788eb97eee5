"""Whom a directive is to bind, as its writer fills it in."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from wtforms import SelectChoice, ValidationError

from elearn.agencies.rules import MANAGERIAL, PostGroup
from elearn.core.fields import Form, LongTextField, ManyChoiceField, RadioChoiceField, required
from elearn.core.speech import say
from elearn.directives.duties import Target

MOST_NAMED = 200
"""People named one by one in a directive, for or against."""

ALL, SOME, NAMED = "semua", "pilihan", "orang"
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


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """An OPD among what can be chosen: its boxes, how many are ticked, how many units are not shown."""

    name: str
    opd_id: str
    boxes: Sequence[Any]
    chosen: int
    hidden: int
    is_open: bool


class ReachForm(Form):
    """Whom a directive is to bind."""

    reach = RadioChoiceField(
        say("Sasaran"),
        choices=[
            SelectChoice(ALL, say("Seluruh perangkat daerah")),
            SelectChoice(SOME, say("Perangkat daerah pilihan")),
            SelectChoice(NAMED, say("Hanya pegawai yang disebut namanya")),
        ],
        default=ALL,
        validators=[required(say("Pilih sasaran edaran."))],
    )
    agencies = ManyChoiceField(say("Perangkat daerah"))
    units = ManyChoiceField(say("Unit di bawah perangkat daerah"))
    kinds = ManyChoiceField(say("Jenis pegawai"))
    posts = RadioChoiceField(
        say("Jabatan"),
        choices=[
            SelectChoice(EVERY_POST, say("Semua jabatan")),
            SelectChoice(MANAGERS, say("Hanya pejabat manajerial (pimpinan tinggi, administrator, dan pengawas)")),
            SelectChoice(SOME_POSTS, say("Kelompok jabatan pilihan")),
        ],
        default=EVERY_POST,
    )
    groups = ManyChoiceField(
        say("Kelompok jabatan"), choices=[SelectChoice(each.value, each.words) for each in PostGroup]
    )
    people = LongTextField(say("Pegawai yang disebut namanya"))
    excepted_agencies = ManyChoiceField(say("Perangkat daerah atau unit yang dikecualikan"))
    excepted_people = LongTextField(say("Pegawai yang dikecualikan"))

    def offer_reach(self, *, root_id: UUID, agencies: Choices, units: Choices, kinds: Choices, find: Find) -> None:
        """Set what can be chosen: OPD and all units by id, kinds by their word; `root_id` stands for all OPD."""
        self.root_id, self.find = root_id, find
        self.named: dict[str, list[Known]] = {"people": [], "excepted_people": []}
        self.agencies.choices = choices_of(agencies)
        self.excepted_agencies.choices = choices_of(units)
        self.units.choices = [each for each in self.excepted_agencies.choices if WITHIN in each.label]
        self.kinds.choices = choices_of(kinds)
        self.by_opd: dict[str, list[str]] = {}
        for choice in self.excepted_agencies.choices:
            self.by_opd.setdefault(choice.label.partition(WITHIN)[0], []).append(choice.value)

    def validate_agencies(self, field: ManyChoiceField) -> None:
        """With chosen agencies there must be one, or a unit."""
        if self.reach.data == SOME and not field.data and not self.units.data:
            raise ValidationError(say("Pilih paling sedikit satu perangkat daerah atau unit."))

    def validate_kinds(self, field: ManyChoiceField) -> None:
        """A rule needs a kind; named people need none."""
        if self.reach.data != NAMED and not field.data:
            raise ValidationError(say("Pilih paling sedikit satu jenis pegawai."))

    def validate_groups(self, field: ManyChoiceField) -> None:
        """With chosen groups there must be one."""
        if self.posts.data == SOME_POSTS and not field.data:
            raise ValidationError(say("Pilih paling sedikit satu kelompok jabatan."))

    def validate_people(self, field: LongTextField) -> None:
        """Each line names somebody who serves here; who addresses people by name names one."""
        self._recognise(field)
        if self.reach.data == NAMED and not self.named["people"]:
            raise ValidationError(say("Tulis paling sedikit satu NIP."))

    def validate_excepted_people(self, field: LongTextField) -> None:
        """Each line names somebody who serves here."""
        self._recognise(field)

    def target(self) -> Target:
        """Whom the choices mean."""
        agencies = {
            ALL: {self.root_id},
            SOME: set(map(UUID, [*(self.agencies.data or ()), *(self.units.data or ())])),
        }
        groups = {MANAGERS: MANAGERIAL, SOME_POSTS: self.groups.data or ()}
        return Target(
            agencies=frozenset(agencies.get(self.reach.data, ())),
            kinds=frozenset(self.kinds.data or ()),
            post_groups=frozenset(str(each) for each in groups.get(self.posts.data, ())),
            people=frozenset(each.employee_id for each in self.named["people"]),
            excepted_agencies=frozenset(map(UUID, self.excepted_agencies.data or ())),
            excepted_people=frozenset(each.employee_id for each in self.named["excepted_people"]),
        )

    def unit_groups(self, field: ManyChoiceField, opened: Collection[str]) -> list[UnitGroup]:
        """What a field offers, OPD by OPD: the OPD itself and what is chosen, all units only where asked for."""
        options, chosen = {each.data: each for each in field}, frozenset(field.data or ())
        groups = (
            _group(name, ids, options, chosen, is_open=ids[0] in opened)
            for name, ids in self.by_opd.items()
            if not options.keys().isdisjoint(ids)
        )
        return list(groups)

    def _recognise(self, field: LongTextField) -> None:
        """Find the people of a list of NIPs; a complaint names the lines in which there is nobody."""
        nips = {number: _bare(line) for number, line in enumerate((field.data or "").splitlines(), 1) if line.strip()}
        if len(nips) > MOST_NAMED:
            raise ValidationError(say("Tulis paling banyak %(most)s NIP.", most=MOST_NAMED))
        found = self.find(list(dict.fromkeys(nips.values())))
        self.named[field.name] = list(found.values())
        if strange := [str(number) for number, nip in nips.items() if nip not in found]:
            raise ValidationError(
                say("Tidak ada pegawai yang bertugas dengan NIP di baris %(lines)s.", lines=", ".join(strange))
            )


def choices_of(pairs: Choices) -> list[SelectChoice]:
    """What can be chosen, for a field."""
    return [SelectChoice(value, label) for value, label in pairs]


def _group(
    name: str, ids: Sequence[str], options: Mapping[str, Any], chosen: Collection[str], *, is_open: bool
) -> UnitGroup:
    offered = [each for each in ids if each in options]
    shown = [each for each in offered if is_open or each == ids[0] or each in chosen]
    ticked = sum(each in chosen for each in offered)
    boxes = [options[each] for each in shown]
    return UnitGroup(name, ids[0], boxes, ticked, len(offered) - len(shown), is_open)


def _bare(line: str) -> str:
    """A NIP without the signs people put between its groups."""
    return line.translate(str.maketrans("", "", " .-\t\u00a0"))
