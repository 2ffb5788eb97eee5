"""Which rule is taught and asked where, pure: the rules of the register against every part of the modules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from elearn.content.law import Confidence, Rule
from elearn.content.modules import Lesson, Module
from elearn.content.questions import Question
from elearn.content.stories.scenes import Scenario

LEAST_LESSONS, LEAST_QUESTIONS = 1, 2


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where a rule is met, each part as "module/part"."""

    rule: Rule
    lessons: tuple[str, ...]
    scenarios: tuple[str, ...]
    questions: tuple[str, ...]

    @property
    def is_required(self) -> bool:
        """Whether it must be taught and asked; what rests on C is advice, taught if at all."""
        return self.rule.confidence is not Confidence.C

    @property
    def is_covered(self) -> bool:
        """Whether it is taught in a lesson and asked by two questions, or may go without."""
        is_met = len(self.lessons) >= LEAST_LESSONS and len(self.questions) >= LEAST_QUESTIONS
        return is_met or not self.is_required


def matrix(rules: Iterable[Rule], modules: Sequence[Module]) -> list[Coverage]:
    """Each rule with all that covers it, in the order of the register."""
    return [
        Coverage(
            rule=rule,
            lessons=_covering(rule, [(module, module.lessons) for module in modules]),
            scenarios=_covering(rule, [(module, module.scenarios) for module in modules]),
            questions=_covering(rule, [(module, module.questions) for module in modules]),
        )
        for rule in rules
    ]


def gaps(rows: Iterable[Coverage]) -> list[Coverage]:
    """The rules that are not taught, or asked too little."""
    return [row for row in rows if not row.is_covered]


def shortfall(row: Coverage) -> str:
    """What a rule still needs, in a sentence for who writes the modules."""
    found = f"pelajaran {len(row.lessons)}, soal {len(row.questions)}"
    wanted = f"perlu sedikitnya {LEAST_LESSONS} pelajaran dan {LEAST_QUESTIONS} soal"
    return f"Aturan “{row.rule.id}” belum cukup diajarkan dan ditanyakan ({found}; {wanted})."


def plain(rows: Sequence[Coverage]) -> dict[str, object]:
    """The matrix as JSON knows it; the names are stable."""
    return {
        "rules": [
            {
                "id": row.rule.id,
                "kind": row.rule.kind.value,
                "text": row.rule.text,
                "confidence": row.rule.confidence.value,
                "lessons": list(row.lessons),
                "scenarios": list(row.scenarios),
                "questions": list(row.questions),
                "is_covered": row.is_covered,
            }
            for row in rows
        ],
        "gaps": [row.rule.id for row in gaps(rows)],
    }


def _covering(rule: Rule, parts: Iterable[tuple[Module, Sequence[Lesson | Scenario | Question]]]) -> tuple[str, ...]:
    return tuple(f"{module.slug}/{part.id}" for module, each in parts for part in each if rule.id in part.covers)
