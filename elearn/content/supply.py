"""Can a bank fill the papers that a quiz asks for? Pure: by topic and difficulty, with questions that are fixed."""

from collections.abc import Iterable, Iterator, Sequence

from elearn.content.modules import Module
from elearn.content.questions import Draw, Question
from elearn.content.shape import Fault, Where

WHERE: Where = ("quiz", "blueprint")
ROOM = 2
"""How many times as many questions as a paper takes the bank holds, so that papers differ."""


def fits(question: Question, line: Draw) -> bool:
    """Whether a line of the blueprint may take a question."""
    return question.topic == line.topic and line.difficulty in (0, question.difficulty)


def faults(module: Module) -> Iterator[Fault]:
    """Why the blueprint cannot be met, or gives papers that hardly differ; empty when it can."""
    lines = module.quiz.blueprint
    fixed = [each for line in lines for each in line.fixed]
    for index, line in enumerate(lines):
        place = (*WHERE, index)
        if line.difficulty not in (0, 1, 2, 3):
            yield Fault((*place, "difficulty"), "Tingkat kesulitan adalah 1, 2, atau 3; 0 berarti semua tingkat.")
        if line.draw < 1:
            yield Fault((*place, "draw"), "Nilai ini sedikitnya 1.")
        yield from _fixed(module, line, place, fixed)
    yield from _room(lines, [each for each in module.questions if each.id not in fixed])


def _fixed(module: Module, line: Draw, where: Where, fixed: Sequence[str]) -> Iterator[Fault]:
    if len(line.fixed) > line.draw:
        yield Fault((*where, "fixed"), f"Soal tetap {len(line.fixed)}, lebih banyak daripada draw.")
    for index, each in enumerate(line.fixed):
        question, place = module.question_by_id.get(each), (*where, "fixed", index)
        if question is None:
            yield Fault(place, f"Soal “{each}” tidak ada di bank soal.")
        elif not fits(question, line):
            yield Fault(place, f"Soal “{each}” bukan dari topik dan tingkat kesulitan baris ini.")
        if fixed.count(each) > 1:
            yield Fault(place, f"Soal “{each}” ditetapkan lebih dari satu kali.")


def _room(lines: Sequence[Draw], free: Iterable[Question]) -> Iterator[Fault]:
    """Lines for which the questions that are not fixed are too few; a line of any difficulty counts its topic."""
    free = list(free)
    for index, line in enumerate(lines):
        rivals = [each for each in lines if each.topic == line.topic and line.difficulty in (0, each.difficulty)]
        found = sum(fits(question, line) for question in free)
        needed = ROOM * sum(each.draw - len(each.fixed) for each in rivals)
        if found < needed:
            level = f" dengan tingkat kesulitan {line.difficulty}" if line.difficulty else ""
            sentence = f"Bank soal topik “{line.topic}”{level} berisi {found}, perlu sedikitnya {needed}."
            yield Fault((*WHERE, index), sentence)


def fresh_papers(module: Module) -> int:
    """How many papers one learner can get before a question that is not fixed must come again."""
    fixed = {each for line in module.quiz.blueprint for each in line.fixed}
    free = [each for each in module.questions if each.id not in fixed]
    counts = [_fresh(line, module.quiz.blueprint, free) for line in module.quiz.blueprint]
    return min((count for count in counts if count is not None), default=1)


def _fresh(line: Draw, lines: Iterable[Draw], free: Iterable[Question]) -> int | None:
    """How often a line, with all that draw from the same questions, can be filled; None when it is all fixed."""
    rivals = [each for each in lines if each.topic == line.topic and line.difficulty in (0, each.difficulty)]
    needed = sum(each.draw - len(each.fixed) for each in rivals)
    return sum(fits(question, line) for question in free) // needed if needed > 0 else None
