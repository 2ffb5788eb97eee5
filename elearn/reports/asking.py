"""What an address asks of a report: its day, its filters, and how far the asker may see; as values and in words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency
from elearn.agencies.rules import EmployeeKind, PostGroup, Visible
from elearn.content import queries as content
from elearn.core import bahasa, clock
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor, Permission
from elearn.core.speech import Sentence, say
from elearn.directives.models import Directive
from elearn.directives.rules import Stage
from elearn.reports import groups, offices, queries, roll, rules
from elearn.reports.offices import Offices
from elearn.reports.queries import Picture
from elearn.reports.roll import Line
from elearn.reports.rules import DAY, SINCE

UNRECORDED = "belum-dicatat"
UNRECORDED_WORDS = say("belum dicatat")
MONTH = timedelta(days=30)
EARLIEST = date(2000, 1, 1)
"""Whoever asks for an earlier day has mistyped the year."""
EVERY_FILTER = frozenset({"arahan", "opd", "jenis", "jabatan", "tahap", "cari"})
"""What an address can narrow a report by, beside its day."""
KINDS = {kind.value.lower().replace("_", "-"): kind for kind in EmployeeKind}
"""The kinds of employee as they stand in an address."""
POST_GROUPS: dict[str, PostGroup | None] = {**{group.value: group for group in PostGroup}, UNRECORDED: None}
"""The groups of posts as they stand in an address; None where it is not on record."""

STAGE_NAMES = {
    Stage.NOT_STARTED: say("Belum mulai"),
    Stage.LEARNING: say("Belajar"),
    Stage.PASSED: say("Lulus kuis"),
    Stage.SIGNED: say("Menandatangani"),
    Stage.CERTIFIED: say("Bersertifikat"),
}
LATE = "terlambat"
STAGES = {
    "": say("Semua"),
    LATE: say("Terlambat"),
    "belum-mulai": STAGE_NAMES[Stage.NOT_STARTED],
    "belajar": STAGE_NAMES[Stage.LEARNING],
    "lulus": STAGE_NAMES[Stage.PASSED],
    "menandatangani": STAGE_NAMES[Stage.SIGNED],
    "bersertifikat": STAGE_NAMES[Stage.CERTIFIED],
}
"""What a list of people can be narrowed to, as it stands in the address and on the page."""


@dataclass(frozen=True)
class Asked:
    """A report as it was asked for. `kind` and `post_group` are words of the address, empty for all.

    `directives` are those it is about, `in_force` all that were in force that day.
    """

    reader: Actor
    at: datetime
    day: date
    since: date
    directives: list[Directive]
    in_force: Sequence[Directive]
    visible: Visible
    agency: Agency | None = None
    directive_id: UUID | None = None
    kind: str = ""
    post_group: str = ""
    module: str = ""
    stage: str = ""
    words: str = ""
    known: frozenset[str] = EVERY_FILTER

    @property
    def is_whole(self) -> bool:
        """Whether the asker answers for the whole regency."""
        return self.visible.all

    @property
    def agency_id(self) -> UUID | None:
        """The agency the report is narrowed to."""
        return self.agency.id if self.agency else None

    @cached_property
    def offices(self) -> Offices:
        """The agencies as they were that day."""
        return offices.on(self.day)

    @cached_property
    def picture(self) -> Picture:
        """The figures of that day."""
        return self._pictured()

    @cached_property
    def by_name(self) -> Picture:
        """The same with everybody by name."""
        return self._pictured(groups.BY_PERSON)

    def picture_by(self, aspect: str) -> Picture:
        """The same, told apart by kind, post_group or rank."""
        return self._pictured(aspect)

    def lines(self, only: Collection[UUID] | None = None) -> list[Line]:
        """The bound people of that day, one by one with when they reached what; those of some accounts."""
        found = roll.list_lines(
            self.day, self.directives, visible=self.visible, agency_id=self.agency_id, only=only, tree=self.offices
        )
        return [line for line in found if self.admits(line.person.kind, line.person.post_group)]

    def _pictured(self, *aspects: str) -> Picture:
        told = {"kind": self.kind, "post_group": self.post_group}
        by = {*aspects, *(aspect for aspect, word in told.items() if word)}
        found = queries.picture(
            self.day, self.directives, visible=self.visible, agency_id=self.agency_id, by=by, tree=self.offices
        )
        if not self.kind and not self.post_group:
            return found
        return replace(found, groups=[each for each in found.groups if self.admits(each.kind, each.post_group)])

    @property
    def kind_value(self) -> EmployeeKind | None:
        """The kind of employee asked for, None for all."""
        return KINDS[self.kind] if self.kind else None

    @property
    def post_group_value(self) -> PostGroup | None:
        """The group of posts asked for; None for all, and for those where it is not on record."""
        return POST_GROUPS[self.post_group] if self.post_group else None

    def admits(self, kind: str, post_group: str | None) -> bool:
        """Whether people of that kind and group of posts are in the report."""
        is_of_kind = not self.kind or kind == self.kind_value
        return is_of_kind and (not self.post_group or post_group == self.post_group_value)

    @property
    def scope(self) -> str:
        """Whose people the report is about, in words."""
        if self.agency:
            return self.offices.name(self.agency.id)
        if self.visible.all:
            return say("Seluruh perangkat daerah")
        opds = {self.offices.by_id[each].opd_id for each in self.visible.agency_ids}
        return bahasa.daftar(offices.named(self.offices, opds))

    @property
    def numbers(self) -> str:
        """The directives the report is about, in words."""
        return "; ".join(f"{each.number} ({each.subject})" for each in self.directives) or say("belum ada")

    @cached_property
    def module_titles(self) -> dict[str, str]:
        """The titles of the modules that day by slug."""
        return {module.slug: module.title for module in content.list_modules_on(self.day)}

    @property
    def filters(self) -> dict[str, str]:
        """What the report shows, in words, each filter by its name."""
        told = {
            say("Per tanggal"): bahasa.tanggal(self.day),
            say("Sejak"): bahasa.tanggal(self.since) if "sejak" in self.known else "",
            say("Perangkat daerah"): self.scope,
            say("Edaran"): self.numbers if "arahan" in self.known else "",
            say("Jenis pegawai"): self.kind_value.words if self.kind_value else "",
            say("Kelompok jabatan"): post_group_words(self.post_group_value) if self.post_group else "",
            say("Modul"): self.module_titles.get(self.module, self.module) if self.module else "",
            say("Tahap"): STAGES.get(self.stage, "") if self.stage else "",
            say("Nama atau NIP"): self.words,
        }
        return {name: words for name, words in told.items() if words}

    def notes(self, meaning: str, **filters: str) -> tuple[tuple[str, str], ...]:
        """What a report shows, as of when, what was corrected since, who made it and when."""
        return (
            *{**self.filters, **filters}.items(),
            (say("Arti angka"), meaning),
            *self.corrections,
            (say("Dibuat oleh"), self.reader.name),
            (say("Dibuat pada"), bahasa.waktu(self.at)),
        )

    @cached_property
    def corrections(self) -> tuple[tuple[str, str], ...]:
        """What was changed in the books of that day once it was over; who sees a part reads no names of others."""
        return tuple(
            (
                say("Koreksi %(day)s", day=clock.local(each.recorded_at).date()),
                _corrected(each.told if self.is_whole else "", each.effective_on),
            )
            for each in queries.corrections(self.day)
        )


def _corrected(what: str, since: date) -> Sentence:
    if not what:
        return say("Data sejak %(day)s diubah sesudah tanggal laporan.", day=since)
    return say("%(what)s Data sejak %(day)s diubah sesudah tanggal laporan.", what=what, day=since)


def post_group_words(group: str | None) -> str:
    """A group of posts in words."""
    return PostGroup(group).words if group else UNRECORDED_WORDS


def asked(
    args: Mapping[str, str],
    reader: Actor,
    *,
    known: frozenset[str] = EVERY_FILTER,
    permission: Permission = Permission.REPORT_ANY_READ,
) -> Asked:
    """What an address asks for by the filters that a report knows; the day is known to each.

    Raises UnreadableDay and DayToCome, and NotFound for what is no filter or not in sight.
    """
    told = {name: value.strip() for name, value in args.items() if name in known or name == DAY}
    day = _day(told.get(DAY))
    visible = agencies.visible_to(reader, permission)
    directive_id, in_force = _id(told.get("arahan", "")), queries.list_asking(day)
    return Asked(
        reader=reader,
        at=clock.now(),
        day=day,
        since=rules.as_of(told[SINCE], date.max, field=SINCE) if told.get(SINCE) else day - MONTH,
        directives=queries.list_asking(day, directive_id) if directive_id else in_force,
        in_force=in_force,
        visible=visible,
        agency=agencies.get_agency(told["opd"], visible=visible) if told.get("opd") else None,
        directive_id=directive_id,
        kind=_one_of(told.get("jenis", ""), KINDS),
        post_group=_one_of(told.get("jabatan", ""), POST_GROUPS),
        module=told.get("modul", ""),
        stage=_one_of(told.get("tahap", ""), STAGES),
        words=told.get("cari", ""),
        known=known,
    )


def _day(text: str | None) -> date:
    """The day a report is asked for; UnreadableDay for one before anything was on record."""
    day = rules.as_of(text, clock.today())
    if day < EARLIEST:
        raise rules.UnreadableDay(field=DAY)
    return day


def _one_of(word: str, known: Mapping[str, object]) -> str:
    if word and word not in known:
        raise NotFound
    return word


def _id(text: str) -> UUID | None:
    """The id in an address, None for none; raises NotFound for what is no id."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound from None
