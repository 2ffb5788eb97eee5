"""What authors fill in."""

from collections.abc import Iterable

from elearn.core.fields import ChoiceField, DateField, Form, LongTextField, length, optional, required


class ChangeForm(Form):
    """A change of the law as an author marks it."""

    citation_id = ChoiceField("Bagian yang berubah", validators=[optional()])
    changed_on = DateField("Berlaku sejak", validators=[required()])
    note = LongTextField("Apa yang berubah", validators=[required(), length(max=1000)])

    def offer_places(self, places: Iterable[tuple[str, str]]) -> None:
        """Set the places in the instrument by id; the empty one stands for all of it."""
        self.citation_id.choices = {"": "Seluruh peraturan", **dict(places)}


class DeedForm(Form):
    """A button."""
