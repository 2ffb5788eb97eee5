"""The response processing of QTI 1.2, run on an answer; pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from elearn.content.formats.elements import child, children
from elearn.content.formats.neutral import number_of
from elearn.content.formats.scoring import spend

Answers = Mapping[str, frozenset[str]]
"""What was answered, by the id of the response."""

ACTIONS: dict[str, Callable[[float, float], float]] = {
    "set": lambda _, value: value,
    "add": lambda score, value: score + value,
    "subtract": lambda score, value: score - value,
    "multiply": lambda score, value: score * value,
    "divide": lambda score, value: score / value if value else score,
}
COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "varlt": lambda given, bound: given < bound,
    "varlte": lambda given, bound: given <= bound,
    "vargt": lambda given, bound: given > bound,
    "vargte": lambda given, bound: given >= bound,
}
MOST_POINTS = 1e30
BELOW, ABOVE = ("varlt", "varlte"), ("vargt", "vargte")


class Processing:
    """All respconditions of an item in their order; `unknown` names what could not be understood."""

    def __init__(self, elements: list[etree._Element]) -> None:
        self.conditions = [each for element in elements for each in children(element, "respcondition")]
        spend(len(self.conditions) ** 2 // 10)
        self.tests = [_read(each) for each in self.conditions]
        declared = [each for element in elements for each in element.iter("{*}decvar")]
        most = [number_of(each.get("maxvalue", "")) for each in declared]
        start = [number_of(each.get("defaultval", "")) for each in declared]
        self.most = float(next((each for each in most if each), 0))
        self.start = float(next((each for each in start if each), 0))
        self.variable = next((each.get("varname", "SCORE") for each in declared), "")
        self.unknown: set[str] = set()
        self.singles: set[str] = set()
        """Responses that take one value: several values tried on one of them are meant as either."""

    @property
    def linked(self) -> set[str]:
        """The ids of all feedback that some condition shows."""
        return {each.get("linkrefid", "") for one in self.conditions for each in children(one, "displayfeedback")}

    def run(self, answers: Answers) -> tuple[float, list[str]]:
        """What the answers earn, unbounded, and the feedback they bring."""
        score, shown, was_met = self.start, list[str](), False
        spend(len(self.conditions))
        for condition in self.tests:
            if condition.test is None or not self._is_met(condition.test, answers, was_met):
                continue
            was_met = True
            for change in condition.changes:
                score = self._changed(score, change)
            shown += condition.shown
            if condition.is_last:
                break
        return score, shown

    def _changed(self, score: float, change: etree._Element) -> float:
        value, name = number_of(change.text or ""), change.get("varname", self.variable)
        if value is None or (self.variable and name != self.variable):
            return score
        changed = ACTIONS.get(change.get("action", "Set").lower(), ACTIONS["set"])(score, float(value))
        return changed if abs(changed) < MOST_POINTS else score

    def _is_met(self, test: "Test", answers: Answers, was_met: bool, *, is_any: bool = False) -> bool:
        spend(len(test.parts))
        is_either = is_any or test.either in self.singles
        found = (self._holds(each, answers, was_met) for each in test.parts)
        return any(found) if is_either else bool(test.parts) and all(found)

    def _holds(self, test: "Test", answers: Answers, was_met: bool) -> bool:
        name = test.name
        if name in ("and", "or"):
            return self._is_met(test, answers, was_met, is_any=name == "or")
        if name == "not":
            spend(len(test.parts))
            return not any(self._holds(each, answers, was_met) for each in test.parts)
        if name in ("other", "durgte", "durlte", "durequal"):
            return True
        given = answers.get(test.ident, frozenset())
        if name == "unanswered":
            return not given
        if name == "varequal":
            return test.text in given or any(_is_same(each, test) for each in given)
        if name == "varsubset":
            return bool(given) and {each.strip() for each in test.text.split(",")} <= given
        return self._compares(name, test, given)

    def _compares(self, name: str, test: "Test", given: frozenset[str]) -> bool:
        bound = test.number
        if name not in COMPARED or bound is None:
            self.unknown.add(name[:30])
            return False
        return any(COMPARED[name](number, bound) for each in given if (number := number_of(each)) is not None)

    def answers(self, ident: str) -> list[frozenset[str]]:
        """The answers to a response that conditions ask for: what each of them wants chosen."""
        tests = [condition.test for condition in self.tests if condition.test is not None]
        return [found for test in tests if (found := frozenset(_wanted(test, ident)))]

    def words(self, ident: str) -> list[str]:
        """The texts that earn or bring anything for a response, in their order."""
        return list(dict.fromkeys((each.text or "").strip() for each in self._tests(ident, ("varequal",))))

    def numbers(self, ident: str) -> list[tuple[Decimal, Decimal]]:
        """The middle and half the width of each range of numbers that a condition names."""
        found = []
        for condition in self.conditions:
            lows = [number_of(each.text or "") for each in self._tests(ident, ABOVE, condition)]
            highs = [number_of(each.text or "") for each in self._tests(ident, BELOW, condition)]
            if lows and highs and lows[0] is not None and highs[0] is not None and lows[0] <= highs[0]:
                found.append(((lows[0] + highs[0]) / 2, (highs[0] - lows[0]) / 2))
        return found

    def order(self, ident: str) -> list[str]:
        """The ids in the order that the condition with most of them asks for."""
        scoring = [each for each in self.conditions if child(each, "setvar") is not None] or self.conditions
        runs = [[*self._tests(ident, ("varequal",), condition)] for condition in scoring]
        best = max(runs, key=len, default=[])
        placed = [(float(number_of(each.get("index", "")) or place), each) for place, each in enumerate(best)]
        return [(each.text or "").strip() for _, each in sorted(placed, key=lambda pair: pair[0])]

    def _tests(
        self, ident: str, names: tuple[str, ...], condition: etree._Element | None = None
    ) -> Iterator[etree._Element]:
        for one in self.conditions if condition is None else [condition]:
            for each in one.iter():
                spend(1)
                if etree.QName(each).localname in names and each.get("respident", "") == ident:
                    yield each


@dataclass(frozen=True, slots=True)
class Test:
    """One test of a condition, read once; `either` names the response whose values stand side by side in it.

    That is how Canvas writes the words of a short answer.
    """

    name: str
    ident: str
    text: str
    number: Decimal | None
    is_loose: bool
    parts: tuple["Test", ...]
    either: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One respcondition: its test, what it does to the points, what it shows, whether the others are passed over."""

    test: Test | None
    changes: tuple[etree._Element, ...]
    shown: tuple[str, ...]
    is_last: bool


def _read(condition: etree._Element) -> Condition:
    test = child(condition, "conditionvar")
    return Condition(
        None if test is None else _test(test),
        tuple(children(condition, "setvar")),
        tuple(each.get("linkrefid", "") for each in children(condition, "displayfeedback")),
        condition.get("continue", "No").lower() == "no",
    )


def _test(element: etree._Element) -> Test:
    spend(1)
    parts = tuple(_test(each) for each in element.iterchildren(etree.Element))
    idents = {each.ident for each in parts}
    is_either = len(idents) == 1 and all(each.name == "varequal" for each in parts)
    text = (element.text or "").strip()
    return Test(
        str(etree.QName(element).localname),
        element.get("respident", ""),
        text,
        number_of(text),
        element.get("case", "Yes").lower() == "no",
        parts,
        idents.pop() if is_either else "",
    )


def _wanted(test: Test, ident: str) -> Iterator[str]:
    if test.name == "varequal" and test.ident == ident:
        yield test.text
    elif test.name == "varsubset" and test.ident == ident:
        yield from (each.strip() for each in test.text.split(","))
    elif test.name != "not":
        for each in test.parts:
            yield from _wanted(each, ident)


def _is_same(given: str, test: Test) -> bool:
    if test.number is not None and number_of(given) == test.number:
        return True
    return test.is_loose and given.casefold() == test.text.casefold()
