"""People put, inside this process, where a journey begins; and what only an author knows: the right answers."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from bench import inside
from elearn.accounts import queries as accounts
from elearn.accounts.models import Account
from elearn.agencies import queries as agencies
from elearn.agencies import review
from elearn.agencies.models import Agency
from elearn.agencies.rules import EmployeeKind, Person
from elearn.authoring import actions as authoring
from elearn.certificates.models import Certificate
from elearn.content import archive, writing
from elearn.content import queries as content
from elearn.content.questions import QuestionKind
from elearn.content.rules import Prose
from elearn.content.stories import story
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Actor
from elearn.core.tables import Table, to_csv
from elearn.core.transaction import transaction
from elearn.demo.roster import COLUMNS
from elearn.demo.rules import PASSWORD
from elearn.learning import actions as learning
from elearn.quiz import actions as quiz
from elearn.quiz.models import Attempt
from elearn.scenarios import actions as scenarios
from elearn.scenarios.models import Play
from tests.journeys.pages import Demo, Form

SLUG = "netralitas-asn"
BEGINNING = 30
NEW_NIP = "199503122022032017"


@contextmanager
def _acting(app: Flask, *, is_ready: bool = False) -> Iterator[Actor]:
    """Act as somebody who has not begun to learn, or has just done every part, and keep what was done."""
    with app.app_context():
        with transaction():
            account_id = inside.newcomers(1)[0]
            if is_ready:
                inside.ready(account_id)
            yield accounts.get_actor(account_id)
        db.session.remove()


def _demo(actor: Actor) -> Demo:
    return Demo(actor.username, PASSWORD, actor.name)


def newcomer(app: Flask) -> Demo:
    """Somebody active who has not begun."""
    with _acting(app) as actor:
        return _demo(actor)


def ready_for_quiz(app: Flask) -> Demo:
    """Somebody who has done every part and not begun the quiz."""
    with _acting(app, is_ready=True) as actor:
        return _demo(actor)


def sitting(app: Flask) -> tuple[Demo, str]:
    """Somebody in the middle of the quiz, and the address of the attempt."""
    with _acting(app, is_ready=True) as actor:
        return _demo(actor), f"/kuis/{learning.start_quiz(actor, slug=SLUG).id}"


def certified(app: Flask) -> Demo:
    """Somebody of the demo's past who holds a certificate, whose file may still have to be made."""
    query = select(Account.username, Account.name).join(Certificate, Certificate.account_id == Account.id)
    with app.app_context():
        username, name = db.session.execute(query.where(Certificate.revoked_at.is_(None)).limit(1)).one()
    return Demo(username, PASSWORD, name)


def count_parts(app: Flask) -> int:
    """How many parts of the module must be done before its quiz."""
    with app.app_context():
        return sum(not part.optional for part in content.current_module(SLUG)[1].parts)


def keys(app: Flask, attempt: str) -> dict[int, Form]:
    """The right answer by position as its form gives it, for an attempt at an address `/kuis/<id>`."""
    with app.app_context():
        return {position: right.form for position, (right, *_) in inside.replies(attempt).items()}


def first_single(app: Flask, attempt: str) -> int:
    """The position of the first question with one answer to pick, for an attempt at an address `/kuis/<id>`."""
    with app.app_context():
        running = db.session.get_one(Attempt, UUID(attempt.split("/")[2]))
        question_by_id = content.get_module(running.publication_id).question_by_id
        kinds = [question_by_id[str(question_id)].kind for question_id, *_ in running.paper]
    return kinds.index(QuestionKind.SINGLE) + 1


def stem_at(app: Flask, attempt: str, position: int) -> tuple[str, str]:
    """The id of a question of an attempt at an address `/kuis/<id>`, and how its stem begins."""
    with app.app_context():
        running = db.session.get_one(Attempt, UUID(attempt.split("/")[2]))
        question = content.get_module(running.publication_id).question_by_id[str(running.paper[position - 1][0])]
        return question.id, question.stem.markdown.splitlines()[0][:BEGINNING]


def meeting(app: Flask, question_id: str) -> tuple[Demo, str]:
    """Somebody new in the middle of the quiz whose paper has that question, and the address of the question."""
    while True:
        with suppress(LookupError), _acting(app, is_ready=True) as actor:
            attempt = learning.start_quiz(actor, slug=SLUG)
            position = {str(item): number for number, (item, _) in enumerate(attempt.paper, start=1)}[question_id]
            return _demo(actor), f"/kuis/{attempt.id}/soal/{position}"


def packs(app: Flask, author: Demo) -> tuple[str, str]:
    """The addresses of a pack that could be published, and of one with complaints."""
    with app.app_context():
        _, module = content.current_module(SLUG)
        question = module.questions[0]
        reworded = replace(question, stem=Prose(f"Baca baik-baik. {question.stem.markdown}"))
        stricter = replace(module.quiz, pass_percent=80)
        files = writing.module_files(replace(module, quiz=stricter, questions=(reworded, *module.questions[1:])))
        broken = {name: text.replace("minutes:", "menit:", 1) for name, text in files.items()}
        account = accounts.find_by_username(author.username)
        actor = accounts.get_actor(account.id) if account else SYSTEM
        with transaction():
            kept = authoring.upload(actor, filename="koreksi.zip", packed=archive.packed(files))
        with transaction():
            faulty = authoring.upload(actor, filename="naskah-baru.zip", packed=archive.packed(broken))
        addresses = f"/materi/naskah/{kept.id}", f"/materi/naskah/{faulty.id}"
        db.session.remove()
    return addresses


def roster_with_newcomer(app: Flask) -> tuple[bytes, Person]:
    """The roster of a small OPD as it stands, with one more line; as CSV, and the person of that line."""
    with app.app_context():
        names = {agency.id: agency.name for agency in agencies.list_agencies()}
        opd = min(agencies.list_opd(), key=lambda each: len(_serving(each)))
        newcomer = Person(NEW_NIP, "Rahmi Puspita", EmployeeKind.PNS, opd.id, "Arsiparis Ahli Pertama", rank="III/a")
        people = [*_serving(opd), newcomer]
        rows = [_line(each, names[each.agency_id], opd.name) for each in people]
        return to_csv(Table("Daftar pegawai", COLUMNS, rows)), newcomer


def _line(person: Person, unit: str, opd: str) -> dict[str, object]:
    return {**asdict(person), "kind": person.kind.words, "unit": unit, "opd": opd}


def _serving(opd: Agency) -> list[Person]:
    standings = review.known_people().values()
    ids = {each.id for each in agencies.list_agencies() if each.opd_id == opd.id}
    return [each.person for each in standings if each.is_active and each.person.agency_id in ids]


def midway(app: Flask) -> tuple[Demo, str]:
    """Somebody with some lessons read and a story begun, and the address of that play."""
    with _acting(app) as actor:
        _, module = content.current_module(SLUG)
        for lesson in module.lessons[:4]:
            learning.tick(actor, slug=SLUG, lesson_id=lesson.id)
        scenario = module.scenarios[0]
        play = learning.start_scenario(actor, slug=SLUG, scenario_id=scenario.id)
        choice = story.offered(scenario.scene_by_id[scenario.start], story.begin(scenario, play.seed))[0]
        scenarios.choose(actor, play_id=play.id, sequence=1, choice=choice.id)
        return _demo(actor), f"/skenario/{play.id}"


def graded(app: Flask, *, right: int) -> tuple[Demo, str]:
    """Somebody who answered so many questions rightly and submitted, and the address of the attempt."""
    with _acting(app, is_ready=True) as actor:
        attempt = learning.start_quiz(actor, slug=SLUG)
        for position, (reply, *_) in list(inside.replies(f"/kuis/{attempt.id}").items())[:right]:
            quiz.save_answer(actor, attempt_id=attempt.id, position=position, choice=reply.answer)
        quiz.submit(actor, attempt_id=attempt.id)
        return _demo(actor), f"/kuis/{attempt.id}"


def misled(app: Flask) -> tuple[Demo, str, str, tuple[str, str]]:
    """Somebody one right answer short of passing, who chose one option of a question that another is the key of.

    Her attempt's address, the question, and the ids of the option that is the key and of the one that she chose.
    """
    with _acting(app, is_ready=True) as actor:
        attempt = learning.start_quiz(actor, slug=SLUG)
        bank, replies = (
            content.get_module(attempt.publication_id).question_by_id,
            inside.replies(f"/kuis/{attempt.id}"),
        )
        asked = {position: bank[str(item)] for position, (item, _) in enumerate(attempt.paper, start=1)}
        place = next(number for number, each in asked.items() if each.kind is QuestionKind.SINGLE)
        others = [number for number in replies if number != place][:13]
        key = next(option.id for option in asked[place].options if option.correct)
        chosen = next(option.id for option in asked[place].options if not option.correct)
        for position in others:
            quiz.save_answer(actor, attempt_id=attempt.id, position=position, choice=replies[position][0].answer)
        quiz.save_answer(actor, attempt_id=attempt.id, position=place, choice=[chosen])
        quiz.submit(actor, attempt_id=attempt.id)
        return _demo(actor), f"/kuis/{attempt.id}", asked[place].id, (key, chosen)


def ended_story(app: Flask, who: Demo) -> str:
    """The address of a story that somebody has played to its end."""
    query = select(Play.id).join(Account, Account.id == Play.learner_id).where(Account.username == who.username)
    with app.app_context():
        return f"/skenario/{db.session.scalars(query.where(Play.ended_at.is_not(None))).first()}"
