"""Possible mistakes in a roster that applying it would make true: questions to whoever applies it; pure."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher, get_close_matches
from uuid import UUID

from elearn.agencies import headings, nip
from elearn.agencies.complaints import Complaint, Doubt
from elearn.agencies.difference import Difference, Spot, Standing
from elearn.agencies.directory import Place, plain
from elearn.agencies.placing import Stray
from elearn.agencies.rules import LeaveReason, Person
from elearn.core.speech import say

OLDEST, YOUNGEST = 70, 17
MOST_OF_ALL = 0.8
FEWEST_OF_A_RENAMED = 3
FEWEST_OF_A_COLUMN = 10
MUCH_OF_A_COLUMN = 0.5
MUCH_OF_AN_OPD, FEWEST_GONE = 0.5, 5
ALIKE = 0.6
MUCH_OF_A_ROSTER, FEWEST_AWAY = 0.1, 10
YOUNGEST_RETIRED = 50
_COLUMNS = ("post", "rank", "title_before", "title_after", "email", "phone")


def raised_by(found: Difference, people: Mapping[Spot, Person], known: Mapping[str, Standing], as_of: dt.date
              ) -> Iterator[Complaint]:  # fmt: skip
    """What the people of a roster make one ask, compared with the books and by themselves."""
    if found.is_drastic:
        sentence = say(
            "%(left)s dari %(all)s pegawai OPD dalam berkas ini tidak tercantum. Pastikan berkasnya lengkap.",
            left=len(found.leaves),
            all=found.covered,
        )
        yield Complaint(None, sentence, is_skipped=False, doubt=Doubt.MANY_LEAVE)
    for (sheet, line), person in people.items():
        for doubt, told in _of_one(person, known.get(person.nip), as_of):
            yield Complaint(line, told, is_skipped=False, sheet=sheet, doubt=doubt)
    yield from _emptied(people.values(), known)


def vanished(found: Difference, known: Mapping[str, Standing], places: Mapping[UUID, Place]) -> Iterator[Complaint]:
    """OPD of which half the people and more would leave, as when a sheet was cut short, however large the regency."""
    sizes = Counter(_opd(each, places) for each in known.values() if each.is_active)
    for opd, left in Counter(_opd(each, places) for each in found.leaves).items():
        if opd and left >= max(FEWEST_GONE, MUCH_OF_AN_OPD * sizes[opd]):
            sentence = say(
                "%(left)s dari %(all)s pegawai %(agency)s tidak tercantum.",
                left=left,
                all=sizes[opd],
                agency=places[opd].name,
            )
            yield Complaint(None, sentence, is_skipped=False, doubt=Doubt.MANY_LEAVE)


def renamed(
    strays: Iterable[Stray], known: Mapping[str, Standing], places: Mapping[UUID, Place]
) -> Iterator[Complaint]:
    """Agencies nearly all of whose people reappear under a name that nobody knows."""
    serving = [each for each in known.values() if each.is_active]
    sizes = Counter(each.person.agency_id for each in serving)
    of_opd = Counter(_opd(each, places) for each in serving)
    for stray in strays:
        agency_id, people = _origin(stray, known, places)
        size = (sizes if stray.name.opd_id else of_opd)[agency_id] if agency_id else 0
        if agency_id and people >= max(FEWEST_OF_A_RENAMED, MOST_OF_ALL * size):
            told = say(
                "%(people)s dari %(all)s pegawai %(agency)s tercantum di bawah nama yang belum dikenal: %(name)s. "
                "Bila itu nama barunya, petakan nama itu.",
                people=people,
                all=size,
                agency=places[agency_id].name,
                name=stray.name.words,
            )
            yield Complaint(None, told, is_skipped=False, doubt=Doubt.RENAMED)


def of_service(found: Difference, people: int) -> Iterator[Complaint]:
    """What one asks of who goes or is away in the words of a roster of so many people."""
    told = len(found.goings) + len(found.begun)
    if told >= max(FEWEST_AWAY, MUCH_OF_A_ROSTER * people):
        sentence = say("%(told)s dari %(all)s pegawai dalam berkas ini disebut keluar atau tidak bertugas.",
                       told=told, all=people)  # fmt: skip
        yield Complaint(None, sentence, is_skipped=False, doubt=Doubt.MANY_AWAY)
    for going in found.goings:
        name = going.person.full_name
        age = age_on(nip.parse(going.person.nip).birth_on, going.on)
        if going.reason is LeaveReason.MOVED:
            yield Complaint(None, say("%(name)s disebut pindah.", name=name), is_skipped=False, doubt=Doubt.MOVED)
        elif going.reason is LeaveReason.RETIRED and age < YOUNGEST_RETIRED:
            sentence = say("%(name)s berumur %(age)s tahun menurut NIP.", name=name, age=age)
            yield Complaint(None, sentence, is_skipped=False, doubt=Doubt.YOUNG)


def suggestion(stray: Stray, known: Mapping[str, Standing], places: Mapping[UUID, Place]) -> UUID | None:
    """The agency an unknown name most probably means: where most of its people serve, or one spelled much alike."""
    agency_id, people = _origin(stray, known, places)
    if agency_id and people > len(stray.lines) / 2:
        return agency_id
    written = stray.lines[0].unit if stray.name.opd_id or not stray.lines[0].opd else stray.lines[0].opd
    inside = [each for each in places.values() if stray.name.opd_id in (None, each.opd_id)]
    names = {plain(each.name): each.id for each in inside}
    alike = get_close_matches(plain(written or ""), names, 1, 0.85)
    return names[alike[0]] if alike else None


def is_another(name: str, other: str) -> bool:
    """Whether two names have nothing in common: no word of three letters, and no likeness as a whole."""
    words, others = plain(name), plain(other)
    shared = {word for word in words.split() if len(word) > 2} & set(others.split())
    return not shared and SequenceMatcher(None, words, others).ratio() < ALIKE


def age_on(birth_on: dt.date, day: dt.date) -> int:
    """Whole years of age on a day."""
    return day.year - birth_on.year - ((day.month, day.day) < (birth_on.month, birth_on.day))


def _of_one(person: Person, standing: Standing | None, as_of: dt.date) -> Iterator[tuple[Doubt, str]]:
    if standing and standing.person.name != person.name and is_another(standing.person.name, person.name):
        yield (
            Doubt.OTHER_NAME,
            say(
                "NIP ini milik “%(known)s” dalam data kami, tetapi “%(name)s” dalam berkas.",
                known=standing.person.name,
                name=person.name,
            ),
        )
    years = as_of.year - int(person.nip[:4])
    if YOUNGEST < years <= OLDEST:
        return
    age = age_on(nip.parse(person.nip).birth_on, as_of)
    if not YOUNGEST <= age <= OLDEST:
        yield Doubt.AGE, say("%(name)s berumur %(age)s tahun menurut NIP.", name=person.full_name, age=age)


def _emptied(people: Iterable[Person], known: Mapping[str, Standing]) -> Iterator[Complaint]:
    """Columns that tell nothing of anybody although the books know it of many."""
    pairs = [(each, known[each.nip].person) for each in people if each.nip in known]
    for column in _COLUMNS if len(pairs) >= FEWEST_OF_A_COLUMN else ():
        had = sum(getattr(before, column) is not None for _, before in pairs)
        is_empty = all(getattr(after, column) is None for after, _ in pairs)
        if is_empty and had > MUCH_OF_A_COLUMN * len(pairs):
            sentence = say(
                "Kolom %(column)s kosong di semua baris, padahal dalam data kami terisi untuk %(had)s dari %(all)s "
                "pegawai. Data yang lama tetap dipakai.",
                column=headings.NAMES[column],
                had=had,
                all=len(pairs),
            )
            yield Complaint(None, sentence, is_skipped=False, doubt=Doubt.EMPTIED)


def _origin(stray: Stray, known: Mapping[str, Standing], places: Mapping[UUID, Place]) -> tuple[UUID | None, int]:
    """The agency (for an OPD's name the OPD) where most people of an unknown name serve now, and how many."""
    served: dict[UUID | None, int] = defaultdict(int)
    for line in stray.lines:
        standing = known.get(line.nip)
        if standing and standing.is_active:
            served[standing.person.agency_id if stray.name.opd_id else _opd(standing, places)] += 1
    served.pop(None, None)
    return max(served.items(), key=lambda pair: pair[1], default=(None, 0))


def _opd(standing: Standing, places: Mapping[UUID, Place]) -> UUID | None:
    place = places.get(standing.person.agency_id)
    return place.opd_id if place else None
