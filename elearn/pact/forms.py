"""The form of the signing: one box for each clause, then the signer's own password."""

from collections.abc import Collection, Iterable

from wtforms import HiddenField

from elearn.core.fields import ConsentField, Form, PasswordField, length, required
from elearn.core.speech import say

PREFIX = "setuju-"


class SignForm(Form):
    """The signing step; `sign_form` adds a consent box for each clause."""

    shown = HiddenField()
    password = PasswordField(
        say("Kata sandi Anda"),
        validators=[required(say("Tulis kata sandi Anda untuk menandatangani.")), length(max=200)],
    )

    @property
    def consents(self) -> list[str]:
        """The ids of the clauses whose box is ticked."""
        boxes = (field for field in self if field.name.startswith(PREFIX))
        return [box.name.removeprefix(PREFIX) for box in boxes if box.data]

    def box(self, clause_id: str) -> ConsentField:
        """The consent box of a clause."""
        return self[PREFIX + clause_id]


def sign_form(clause_ids: Iterable[str], *, shown: str, ticked: Collection[str] = ()) -> SignForm:
    """A form with a consent box for each clause, bound to this request; `shown` is the text's fingerprint.

    `ticked` names the boxes that are ticked already when the page opens.
    """
    boxes = {
        PREFIX + clause_id: ConsentField(say("Saya setuju"), validators=[required(say("Centang bila Anda setuju."))])
        for clause_id in clause_ids
    }
    form: SignForm = type("BoundSignForm", (SignForm,), boxes)(
        shown=shown, **{name: name in ticked for name in boxes}
    )
    return form
