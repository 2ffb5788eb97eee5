"""What a page of the quiz sends, read: by question, with the key of its sending."""

import pytest

from elearn.quiz.forms import Reply, replies_in


@pytest.mark.parametrize(
    ("fields", "replies"),
    [
        ([("choice", "b"), ("client_key", "k")], {3: Reply(["b"], "k")}),
        ([("choice", ""), ("choice-a", "")], {3: Reply()}),
        ([("choice", "b"), ("choice", "a"), ("choice-c", "2")], {3: Reply(["a", "b", "c=2"])}),
        ([("7.choice", "b"), ("7.client_key", "k"), ("8.choice-a", "x")], {7: Reply(["b"], "k"), 8: Reply(["a=x"])}),
        ([("go", "next"), ("7.choice", "b")], {3: Reply(), 7: Reply(["b"])}),
        ([("99999.choice", "b"), ("x.choice", "b"), ("²choice", "b")], {999: Reply(["b"]), 3: Reply()}),
        ([("client_key", "k" * 99)], {3: Reply(key="k" * 36)}),
    ],
)
def test_fields_belong_to_their_question(fields: list[tuple[str, str]], replies: dict[int, Reply]) -> None:
    """Those without a number to the question of the page; what is empty says nothing."""
    assert replies == replies_in(fields, 3)
