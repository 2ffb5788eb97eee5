"""What can be said of each thing that is published, fact by fact, as text; pure.

A fact that decides (the key of a question, the verdict of a choice, the rules of the quiz, what the law says) is
`weighty`: whoever publishes must have seen it change.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from elearn.content.law import Citation, Instrument, Rule
from elearn.content.modules import Lesson, Module, Part, Picture
from elearn.content.pacts import Clause, PactText
from elearn.content.questions import Draw, Option, Question, QuestionKind
from elearn.core.speech import say, tally, term


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that can be said of another, as text."""

    name: str
    text: str
    is_weighty: bool = False


def of_module(module: Module) -> Iterator[Fact]:
    """What a module says of itself."""
    titles = {part: _part_title(module, part) for part in module.parts}
    yield Fact(say("Judul"), module.title)
    yield Fact(say("Ringkasan"), module.summary)
    yield Fact(say("Menit"), str(module.minutes))
    yield Fact(say("Urutan bagian"), "\n".join(titles.values()))
    yield Fact(term("many", "Topik"), "\n".join(topic.title for topic in module.topics))
    yield Fact(say("Pakta"), module.pact, is_weighty=True)


def _part_title(module: Module, part: Part) -> str:
    found = (module.lesson_by_id | module.scenario_by_id).get(part.id)
    title = found.title if found else part.id
    return say("%(title)s (tidak wajib)", title=title) if part.optional else title


def of_policy(module: Module) -> Iterator[Fact]:
    """How the quiz of a module is held."""
    policy = module.quiz
    yield Fact(say("Jumlah soal"), str(policy.questions), is_weighty=True)
    yield Fact(say("Batas lulus"), say("%(number)s %%", number=policy.pass_percent), is_weighty=True)
    yield Fact(say("Waktu"), tally("%(num)s menit", policy.minutes), is_weighty=True)
    yield Fact(say("Kelonggaran waktu"), tally("%(num)s detik", policy.grace_seconds), is_weighty=True)
    yield Fact(say("Kesempatan"), str(policy.attempts), is_weighty=True)
    yield Fact(say("Jeda antara dua percobaan"), tally("%(num)s menit", policy.wait_minutes), is_weighty=True)
    titles = {topic.id: topic.title for topic in module.topics}
    lines = [f"{titles.get(each.topic, each.topic)}: {_drawn(each)}" for each in policy.blueprint]
    yield Fact(say("Soal setiap topik"), "\n".join(lines), is_weighty=True)
    marks = [f"{titles.get(each.topic, each.topic)}: {each.percent} %" for each in policy.must_pass]
    yield Fact(say("Topik yang harus lulus"), "\n".join(marks), is_weighty=True)
    yield Fact(say("Pembahasan dibuka"), policy.review.value, is_weighty=True)
    yield Fact(say("Nilai sebagian"), _yes(policy.partial_credit), is_weighty=True)
    yield Fact(say("Urutan soal diacak"), _yes(policy.shuffles_questions))
    yield Fact(say("Urutan pilihan diacak"), _yes(policy.shuffles_options))
    yield Fact(say("Soal satu halaman"), str(policy.per_page))


def _drawn(line: Draw) -> str:
    told: str = str(line.draw)
    if line.difficulty:
        told = say("%(count)s, tingkat %(level)s", count=told, level=line.difficulty)
    return say("%(drawn)s, selalu %(fixed)s", drawn=told, fixed=", ".join(line.fixed)) if line.fixed else told


def of_lesson(lesson: Lesson) -> Iterator[Fact]:
    """What a lesson says."""
    yield Fact(say("Judul"), lesson.title)
    yield Fact(say("Topik"), lesson.topic)
    yield Fact(say("Menit"), str(lesson.minutes))
    yield Fact(say("Isi"), lesson.body.markdown)
    yield from _grounds(lesson)


def of_question(question: Question) -> Iterator[Fact]:
    """What a question asks, offers, holds to be right and explains."""
    yield Fact(say("Kunci"), _key(question), is_weighty=True)
    yield Fact(say("Jenis"), question.kind.value, is_weighty=True)
    yield Fact(say("Topik"), question.topic)
    yield Fact(say("Tingkat kesulitan"), str(question.difficulty))
    yield Fact(term("one", "Soal"), question.stem.markdown)
    yield Fact(say("Gambar"), f"{question.picture} {question.alt}".strip())
    for group in question.groups:
        yield Fact(say("Kelompok %(id)s", id=group.id), group.text.markdown)
    for option in question.options:
        yield Fact(say("Pilihan %(id)s", id=option.id), option.text.markdown)
        yield Fact(say("Umpan balik %(id)s", id=option.id), option.feedback.markdown)
    yield Fact(say("Bila benar"), question.if_right.markdown)
    yield Fact(say("Bila benar sebagian"), question.if_partial.markdown)
    yield Fact(say("Bila keliru"), question.if_wrong.markdown)
    yield Fact(say("Pembahasan"), question.explanation.markdown)
    yield from _grounds(question)


def _key(question: Question) -> str:
    if question.kind is QuestionKind.ORDER:
        return ", ".join(option.id for option in question.options)
    if question.kind in (QuestionKind.CLASSIFY, QuestionKind.MATCH):
        return ", ".join(f"{option.id} = {option.group}" for option in question.options)
    right = [option for option in question.options if option.correct]
    if question.kind is QuestionKind.NUMERIC:
        return ", ".join(f"{each.text.markdown}{_slack(each)}" for each in right)
    return ", ".join(f"{option.id} ({option.group})" if option.group else option.id for option in right)


def _slack(option: Option) -> str:
    return f" ± {option.tolerance}" if option.tolerance else ""


def _grounds(thing: Lesson | Question) -> Iterator[Fact]:
    yield Fact(say("Dasar hukum"), ", ".join(thing.cites), is_weighty=isinstance(thing, Question))
    yield Fact(say("Aturan yang diajarkan"), ", ".join(thing.covers))


def of_citation(citation: Citation) -> Iterator[Fact]:
    """What a place in the law says, since when, and how well that is proven."""
    yield Fact(say("Peraturan"), citation.full, is_weighty=True)
    yield Fact(say("Pasal"), citation.article, is_weighty=True)
    yield Fact(say("Bunyi"), citation.says, is_weighty=True)
    yield Fact(say("Berlaku sejak"), _day(citation.in_force_from), is_weighty=True)
    yield Fact(say("Berlaku sampai"), _day(citation.in_force_until), is_weighty=True)
    yield Fact(say("Pengganti"), citation.replaced_by or "", is_weighty=True)
    yield Fact(say("Keyakinan"), citation.confidence.value, is_weighty=True)
    yield Fact(say("Bergantung tanggal"), _yes(citation.date_bound), is_weighty=True)
    yield Fact(say("Sumber"), ", ".join(citation.sources))
    yield Fact(say("Diperiksa"), _day(citation.checked_on))
    yield Fact(say("Keraguan"), citation.doubts)


def of_instrument(instrument: Instrument) -> Iterator[Fact]:
    """What an instrument of law is called, and since when it binds."""
    yield Fact(say("Nama pendek"), instrument.short)
    yield Fact(say("Nama lengkap"), instrument.full, is_weighty=True)
    yield Fact(term("law", "Bentuk"), instrument.form.value)
    yield Fact(say("Berlaku sejak"), _day(instrument.in_force_from), is_weighty=True)
    yield Fact(say("Berlaku sampai"), _day(instrument.in_force_until), is_weighty=True)
    yield Fact(say("Pengganti"), instrument.replaced_by or "", is_weighty=True)


def of_rule(rule: Rule) -> Iterator[Fact]:
    """What a rule says."""
    yield Fact(say("Jenis"), rule.kind.value, is_weighty=True)
    yield Fact(say("Bunyi"), rule.text, is_weighty=True)
    yield Fact(term("election", "Tahap"), rule.phase, is_weighty=True)
    yield Fact(say("Keyakinan"), rule.confidence.value, is_weighty=True)
    yield Fact(say("Dasar hukum"), ", ".join(rule.cites), is_weighty=True)


def of_picture(picture: Picture) -> Iterator[Fact]:
    """The drawing itself."""
    yield Fact(say("Gambar"), picture.svg)


def of_pact(pact: PactText) -> Iterator[Fact]:
    """What frames a pact."""
    yield Fact(say("Judul"), pact.title, is_weighty=True)
    yield Fact(say("Pembuka"), pact.opening, is_weighty=True)
    yield Fact(say("Penutup"), pact.closing, is_weighty=True)
    yield Fact(say("Urutan butir"), "\n".join(clause.title for clause in pact.clauses), is_weighty=True)
    yield Fact(say("Dasar hukum"), ", ".join(pact.cites), is_weighty=True)


def of_clause(clause: Clause) -> Iterator[Fact]:
    """What a point of a pact says."""
    yield Fact(say("Judul"), clause.title, is_weighty=True)
    yield Fact(say("Isi"), clause.text, is_weighty=True)


def _yes(is_so: bool) -> str:
    return say("ya") if is_so else say("tidak")


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
