"""What authors fill in."""

from collections.abc import Iterable

from wtforms import HiddenField

from elearn.core.fields import (
    ChoiceField,
    DateField,
    FileField,
    Form,
    LongTextField,
    file_required,
    length,
    one_of,
    optional,
    required,
)


class ChangeForm(Form):
    """A change of the law as an author marks it."""

    citation_id = ChoiceField("Bagian yang berubah", validators=[optional()])
    changed_on = DateField("Berlaku sejak", validators=[required()])
    note = LongTextField("Apa yang berubah", validators=[required(), length(max=1000)])

    def offer_places(self, places: Iterable[tuple[str, str]]) -> None:
        """Set the places in the instrument by id; the empty one stands for all of it."""
        self.citation_id.choices = {"": "Seluruh peraturan", **dict(places)}


class PackForm(Form):
    """A pack of content."""

    file = FileField("Pak materi", [file_required(), one_of(("zip",))])


class ReviewForm(Form):
    """A deed about a pack, with the token of the difference that was on the page."""

    reviewed = HiddenField("Pembandingan", [required()])


class DeedForm(Form):
    """A button."""
