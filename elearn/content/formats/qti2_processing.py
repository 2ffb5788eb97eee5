"""The response processing of QTI 2 and 3, run on an answer; pure. `unknown` names what could not be understood."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from math import prod
from typing import TypeAlias

from lxml import etree

from elearn.content.formats.elements import child, children, text_in
from elearn.content.formats.neutral import number_of
from elearn.content.formats.scoring import spend

Scalar: TypeAlias = str | float | bool
Value: TypeAlias = tuple[Scalar, ...]
"""What an expression yields; NULL is empty, a container may have several."""

DEEPEST = 40
YES, NO, NULL = (True,), (False,), ()


class Stop(Exception):
    """The processing ends here (`exitResponse`)."""


class Processing:
    """The declarations and rules of an item."""

    def __init__(self, item: etree._Element) -> None:
        self.responses = {each.get("identifier", ""): each for each in children(item, "responseDeclaration")}
        self.outcomes = {each.get("identifier", ""): each for each in children(item, "outcomeDeclaration")}
        self.rules = child(item, "responseProcessing")
        self.unknown: set[str] = set()
        self.answers: Mapping[str, Value] = {}
        self.values: dict[str, Value] = {}

    def cardinality(self, ident: str) -> str:
        """How many values a response has: single, multiple or ordered."""
        found = self.responses.get(ident)
        return "single" if found is None else found.get("cardinality", "single")

    def base_type(self, ident: str) -> str:
        """Of which type the values of a response are."""
        found = self.responses.get(ident)
        return "" if found is None else found.get("baseType", "")

    def correct(self, ident: str) -> tuple[str, ...]:
        """The right values of a response as the item declares them."""
        found = self.responses.get(ident)
        right = None if found is None else child(found, "correctResponse")
        values = [] if right is None else [*children(right, "value")]
        spend(len(values))
        return tuple(text_in(each).strip() for each in values)

    def mapped(self, ident: str) -> dict[str, float]:
        """What values of a response are worth by its mapping."""
        found = self.responses.get(ident)
        mapping = None if found is None else child(found, "mapping")
        entries = [] if mapping is None else [*children(mapping, "mapEntry")]
        spend(len(entries))
        return {each.get("mapKey", ""): _float(each.get("mappedValue")) for each in entries}

    def default(self, ident: str) -> tuple[str, ...]:
        """The values that an outcome has from the start."""
        found = self.outcomes.get(ident)
        given = None if found is None else child(found, "defaultValue")
        return () if given is None else tuple(text_in(each).strip() for each in children(given, "value"))

    def run(self, answers: Mapping[str, Sequence[str]]) -> dict[str, Value]:
        """The outcomes after these answers."""
        spend(len(self.outcomes) + 1)
        self.answers = {ident: tuple(values) for ident, values in answers.items()}
        self.values = {ident: tuple(self.default(ident)) for ident in self.outcomes}
        if self.rules is None or not len(self.rules):
            self._template()
            return self.values
        with suppress(Stop):
            self._follow([*self.rules])
        return self.values

    def score(self, answers: Mapping[str, Sequence[str]]) -> float:
        """The points after these answers, unbounded."""
        outcomes = self.run(answers)
        name = next((each for each in ("SCORE", *outcomes) if each in outcomes and _is_score(each)), "")
        return _number(outcomes.get(name, NULL))

    def _template(self) -> None:
        """The standard templates; without any, the mapping counts, else the right answer."""
        told = "" if self.rules is None else (self.rules.get("template") or self.rules.get("templateLocation") or "")
        worth = 0.0
        for ident in self.responses:
            is_mapped = "map_response" in told or (not told and bool(self.mapped(ident)))
            worth += self._worth(ident) if is_mapped else float(self._matches(ident))
        if told and "map_response" not in told and "match" not in told:
            self.unknown.add(told.rpartition("/")[2][:40])
        self.values["SCORE"] = (worth,)

    def _matches(self, ident: str) -> bool:
        right = self.correct(ident)
        return bool(right) and self._is_equal(self.answers.get(ident, NULL), right, self.cardinality(ident))

    def _worth(self, ident: str) -> float:
        found = self.responses.get(ident)
        mapping = None if found is None else child(found, "mapping")
        otherwise = 0.0 if mapping is None else _float(mapping.get("defaultValue"))
        mapped = {_key(each): worth for each, worth in self.mapped(ident).items()}
        return sum(mapped.get(_key(each), otherwise) for each in self.answers.get(ident, NULL))

    def _follow(self, rules: list[etree._Element], depth: int = 0) -> None:
        if depth > DEEPEST:
            raise Stop
        for rule in rules:
            spend(1)
            name = rule.tag
            if name == "setOutcomeValue":
                self.values[rule.get("identifier", "")] = self._value(rule[0], depth) if len(rule) else NULL
            elif name == "responseCondition":
                self._decide(rule, depth)
            elif name == "responseProcessingFragment":
                self._follow([*rule], depth + 1)
            elif name == "exitResponse":
                raise Stop
            elif name not in EXPRESSIONS:
                self.unknown.add(str(name)[:40])

    def _decide(self, condition: etree._Element, depth: int) -> None:
        for branch in condition:
            spend(1)
            if branch.tag == "responseElse" or (len(branch) and self._value(branch[0], depth) == YES):
                self._follow([*branch] if branch.tag == "responseElse" else branch[1:], depth + 1)
                return

    def _value(self, element: etree._Element, depth: int) -> Value:
        if depth > DEEPEST:
            raise Stop
        spend(1)
        name = str(element.tag)
        if name in ("variable", "correct", "default", "mapResponse", "baseValue", "null"):
            return self._leaf(name, element)
        given = [self._value(each, depth + 1) for each in element]
        if name in EXPRESSIONS and len(given) >= LEAST.get(name, 1):
            return EXPRESSIONS[name](self, element, given)
        self.unknown.add(name[:40])
        return NULL

    def _leaf(self, name: str, element: etree._Element) -> Value:
        ident = element.get("identifier", "")
        if name == "variable":
            return self.answers.get(ident, self.values.get(ident, NULL))
        if name == "correct":
            return self.correct(ident)
        if name == "default":
            return self.default(ident)
        if name == "mapResponse":
            return (self._worth(ident),)
        return NULL if name == "null" else (text_in(element).strip(),)

    def _is_equal(self, one: Value, other: Value, cardinality: str = "") -> bool:
        spend(len(one) + len(other))
        first, second = [_key(each) for each in one], [_key(each) for each in other]
        return first == second if cardinality in ("ordered", "single") else Counter(first) == Counter(second)

    def _match(self, element: etree._Element, given: list[Value]) -> Value:
        idents = [each.get("identifier", "") for each in element]
        cardinality = next((self.cardinality(each) for each in idents if each in self.responses), "")
        return (bool(given[0]) and self._is_equal(given[0], given[1], cardinality),)

    def _equal(self, element: etree._Element, given: list[Value]) -> Value:
        if not (given[0] and given[1]):
            return NULL
        one, other = _number(given[0]), _number(given[1])
        width = [_float(each) for each in (element.get("tolerance") or "0").split()] or [0.0]
        if element.get("toleranceMode") == "relative":
            width = [abs(other) * each / 100 for each in width]
        return (other - width[0] - 1e-9 <= one <= other + width[-1] + 1e-9,)


def _is_score(name: str) -> bool:
    return "SCORE" in name.upper() and not name.upper().startswith("MAX")


def _float(text: str | None) -> float:
    number = number_of(text or "")
    return float(number) if number is not None else 0.0


def _number(value: Value) -> float:
    return _float(str(value[0])) if value else 0.0


def _key(value: Scalar) -> str:
    """A value as it is compared: numbers by what they are, pairs and all else by their letters."""
    number = number_of(str(value))
    return f"{float(number):g}" if number is not None else str(value).strip()


def _compared(test: Callable[[float, float], bool]) -> "Expression":
    return lambda _, __, given: (bool(given[0] and given[1]) and test(_number(given[0]), _number(given[1])),)


def _flat(given: list[Value]) -> Value:
    spend(sum(map(len, given)))
    return tuple(each for value in given for each in value)


def _numbers(given: list[Value]) -> list[float]:
    return [_number((each,)) for each in _flat(given)]


def _string_match(_: Processing, element: etree._Element, given: list[Value]) -> Value:
    one, other = (str(value[0]) if value else "" for value in given[:2])
    is_loose = element.get("caseSensitive", "true") == "false"
    return ((one.casefold() == other.casefold()) if is_loose else one == other,)


def _contains(_: Processing, __: etree._Element, given: list[Value]) -> Value:
    spend(len(given[0]) + len(given[1]))
    whole, part = Counter(map(_key, given[0])), Counter(map(_key, given[1]))
    return (bool(given[1]) and not part - whole,)


Expression: TypeAlias = Callable[[Processing, etree._Element, list[Value]], Value]
LEAST = {
    **dict.fromkeys(("match", "equal", "stringMatch", "contains", "member", "gt", "lt", "gte", "lte"), 2),
    **dict.fromkeys(("subtract", "divide"), 2),
    **dict.fromkeys(("multiple", "ordered"), 0),
}
EXPRESSIONS: dict[str, Expression] = {
    "match": Processing._match,
    "equal": Processing._equal,
    "stringMatch": _string_match,
    "contains": _contains,
    "member": lambda _, __, given: (bool(given[0]) and _key(given[0][0]) in map(_key, given[1]),),
    "isNull": lambda _, __, given: (not given[0] or given[0] == ("",),),
    "not": lambda _, __, given: (given[0] != YES,),
    "and": lambda _, __, given: (all(each == YES for each in given),),
    "or": lambda _, __, given: (any(each == YES for each in given),),
    "gt": _compared(lambda one, other: one > other),
    "lt": _compared(lambda one, other: one < other),
    "gte": _compared(lambda one, other: one >= other),
    "lte": _compared(lambda one, other: one <= other),
    "sum": lambda _, __, given: (sum(_numbers(given)),),
    "product": lambda _, __, given: (prod(_numbers(given)),),
    "subtract": lambda _, __, given: (_number(given[0]) - _number(given[1]),),
    "divide": lambda _, __, given: (_number(given[0]) / (_number(given[1]) or 1.0),),
    "max": lambda _, __, given: (max(_numbers(given), default=0.0),),
    "min": lambda _, __, given: (min(_numbers(given), default=0.0),),
    "multiple": lambda _, __, given: _flat(given),
    "ordered": lambda _, __, given: _flat(given),
    "containerSize": lambda _, __, given: (float(len(given[0])),),
    "integerToFloat": lambda _, __, given: given[0],
}
"""The expressions of QTI that are understood, besides those without operands."""
