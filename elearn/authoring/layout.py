"""The rows of a form in which a question is edited: its kind, its options, its groups; and deeds that change them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from elearn.content.items import GROUPED
from elearn.content.questions import Question, QuestionKind

ADD, REMOVE = "tambah-pilihan", "hapus-pilihan"
ADD_GROUP, REMOVE_GROUP = "tambah-kelompok", "hapus-kelompok"
SHOW, KEEP = "tampilkan", "simpan-dulu"
"""What the buttons of the form do besides saving; a removal names its row behind a colon."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"
MOST_ROWS = 12
IDENT = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")


@dataclass(frozen=True, slots=True)
class Layout:
    """Which rows a form has, by the ids of what stands in them."""

    kind: QuestionKind
    options: tuple[str, ...]
    groups: tuple[str, ...]

    @classmethod
    def of(cls, question: Question) -> "Layout":
        """The rows of a question as it is."""
        return cls(
            question.kind,
            tuple(option.id for option in question.options),
            tuple(group.id for group in question.groups),
        )._fit()

    @classmethod
    def sent(cls, fields: Mapping[str, str], otherwise: "Layout") -> "Layout":
        """The rows that a form was sent with; what is no row is left out, what is missing is as it was."""
        kinds = {each.value: each for each in QuestionKind}
        return cls(
            kinds.get(fields.get("kind", ""), otherwise.kind),
            _ids(fields["options"]) if "options" in fields else otherwise.options,
            _ids(fields["groups"]) if "groups" in fields else otherwise.groups,
        )._fit()

    @property
    def is_grouped(self) -> bool:
        """Whether each option belongs to a group."""
        return self.kind in GROUPED

    @property
    def has_own_groups(self) -> bool:
        """Whether the groups are the author's; those of true and false never change."""
        return self.is_grouped and self.kind is not QuestionKind.TRUE_FALSE

    def after(self, deed: str) -> "Layout":
        """The rows once a button was pressed; a deed that is none changes nothing."""
        name, _, ident = deed.partition(":")
        if name == ADD and len(self.options) < MOST_ROWS:
            return replace(self, options=(*self.options, _free(self.options, [*LETTERS])))
        if name == REMOVE:
            return replace(self, options=tuple(each for each in self.options if each != ident))
        if name == ADD_GROUP and self.has_own_groups and len(self.groups) < MOST_ROWS:
            names = [f"kelompok-{number}" for number in range(1, MOST_ROWS + 2)]
            return replace(self, groups=(*self.groups, _free(self.groups, names)))
        if name == REMOVE_GROUP and self.has_own_groups:
            return replace(self, groups=tuple(each for each in self.groups if each != ident))
        return self

    def _fit(self) -> "Layout":
        if self.kind is QuestionKind.TRUE_FALSE:
            return replace(self, groups=("benar", "salah"))
        return self if self.is_grouped else replace(self, groups=())


def is_only_shown(deed: str) -> bool:
    """Whether a button only shows the form with other rows, and saves nothing."""
    return deed.partition(":")[0] in (ADD, REMOVE, ADD_GROUP, REMOVE_GROUP, SHOW)


def _ids(told: str) -> tuple[str, ...]:
    found = [each for each in told.split(",") if IDENT.fullmatch(each)]
    return tuple(dict.fromkeys(found))[:MOST_ROWS]


def _free(taken: tuple[str, ...], names: list[str]) -> str:
    return next(each for each in names if each not in taken)
