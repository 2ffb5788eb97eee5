"""What is known of a person of the regency."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from elearn.agencies import posts, rules
from elearn.agencies.rules import EmployeeKind, PostGroup
from elearn.demo.names import Sex


@dataclass(frozen=True)
class Stay:
    """A post at an office on the days in [started_on, ended_on)."""

    office_code: str
    post: str
    started_on: date
    ended_on: date | None = None

    @property
    def opd_code(self) -> str:
        """The perangkat daerah of the office."""
        return self.office_code.split(".")[0]

    @property
    def post_group(self) -> PostGroup | None:
        """The group of the post, where the title tells it."""
        return _group_of(self.post)


@cache
def _group_of(post: str) -> PostGroup | None:
    return posts.guess(post)


@dataclass(frozen=True)
class Person:
    """A civil servant with all stays, the earliest first; `left_on` is set for those who no longer serve."""

    nip: str
    name: str
    title_before: str
    title_after: str
    sex: Sex
    kind: EmployeeKind
    rank: str
    birth_on: date
    email: str
    """At a domain that cannot exist (RFC 2606); empty when unknown, like the phone."""
    phone: str
    stays: tuple[Stay, ...]
    is_leader: bool = False
    left_on: date | None = None
    leave_reason: str = ""

    @property
    def full_name(self) -> str:
        """The name with its titles, as in a letter."""
        return rules.full_name(self.name, self.title_before, self.title_after)

    @property
    def office_code(self) -> str:
        """The office of the latest stay."""
        return self.stays[-1].office_code

    @property
    def opd_code(self) -> str:
        """The perangkat daerah of the latest stay."""
        return self.stays[-1].opd_code

    @property
    def post(self) -> str:
        """The latest post."""
        return self.stays[-1].post

    @property
    def joined_on(self) -> date:
        """The first day at any office of the regency."""
        return self.stays[0].started_on

    def stay_on(self, day: date) -> Stay | None:
        """The stay that covers a day; None before joining and after leaving."""
        covering = (
            stay for stay in self.stays if stay.started_on <= day and (not stay.ended_on or day < stay.ended_on)
        )
        return next(covering, None)
