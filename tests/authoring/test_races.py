"""Two authors at the very same moment: one publishes, the other looks again."""

from typing import Any

from flask import Flask

from elearn.authoring import actions
from elearn.authoring.rules import PackClosed, StaleReview
from elearn.content import queries as content
from tests.factories.authoring import a_corrected_module, a_pack, an_author, publish_curriculum, token_of, zipped
from tests.factories.content import SLUG
from tests.quiz.test_races import AT_ONCE, together


def test_of_many_packs_at_once_one_is_published(app: Flask) -> None:
    """All were compared with the same version, so all but one are stale."""
    publish_curriculum()
    author = an_author()
    modules = [a_corrected_module(text=f"Jawaban nomor {number}") for number in range(AT_ONCE)]
    packs = [a_pack(author, zipped(module)) for module in modules]
    seen = [(pack.id, token_of(pack)) for pack in packs]

    def work(number: int) -> Any:
        pack_id, token = seen[number]
        return actions.publish(author, pack_id=pack_id, reviewed=token)

    found = together(app, work)
    assert AT_ONCE - 1 == sum(isinstance(each, StaleReview) for each in found)
    assert 2 == content.current_module(SLUG)[0].number


def test_a_double_click_publishes_once(app: Flask) -> None:
    """The first makes the version, the others find the pack closed."""
    publish_curriculum()
    author, pack = an_author(), a_pack()
    pack_id, seen = pack.id, token_of(pack)
    found = together(app, lambda _: actions.publish(author, pack_id=pack_id, reviewed=seen))
    assert AT_ONCE - 1 == sum(isinstance(each, PackClosed) for each in found)
    assert 2 == content.current_module(SLUG)[0].number
