"""What authors fill in."""

import re
from collections.abc import Iterable
from uuid import UUID

from wtforms import HiddenField

from elearn.core.fields import (
    CheckField,
    ChoiceField,
    DateField,
    FileField,
    Form,
    LongTextField,
    ManyChoiceField,
    TextField,
    file_required,
    length,
    one_of,
    optional,
    required,
)
from elearn.core.speech import say


class ChangeForm(Form):
    """A change of the law as an author marks it."""

    citation_id = ChoiceField(say("Bagian yang berubah"), validators=[optional()])
    changed_on = DateField(say("Berlaku sejak"), validators=[required()])
    note = LongTextField(say("Apa yang berubah"), validators=[required(), length(max=1000)])

    def offer_places(self, places: Iterable[tuple[str, str]]) -> None:
        """Set the places in the instrument by id; the empty one stands for all of it."""
        self.citation_id.choices = {"": say("Seluruh peraturan"), **dict(places)}


class PackForm(Form):
    """A pack of content."""

    file = FileField(say("Pak materi"), [file_required(), one_of(("zip",))])


class QuestionsForm(Form):
    """A file of questions in another format."""

    file = FileField(say("Berkas soal"), [file_required()])
    format = ChoiceField(say("Format"), validators=[optional()])

    def offer_formats(self, titles: dict[str, str]) -> None:
        """Set the formats by name; the empty one asks to find out."""
        self.format.choices = {"": say("Kenali sendiri"), **titles}


class PlaceForm(Form):
    """Where drafts belong and what they rest on; what stays empty stays as it was."""

    where = ChoiceField(say("Topik"), validators=[optional()])
    difficulty = ChoiceField(say("Tingkat kesulitan"), validators=[optional()])
    cites = TextField(say("Dasar hukum"), validators=[length(max=1000)])

    def offer_places(self, topics: Iterable[tuple[str, str]]) -> None:
        """Set the topics by "module/topic" and the levels of difficulty."""
        self.where.choices = {"": say("Biarkan"), **dict(topics)}
        self.difficulty.choices = {
            "": say("Biarkan"),
            "1": say("1, mudah"),
            "2": say("2, sedang"),
            "3": say("3, sukar"),
        }

    @property
    def level(self) -> int:
        """The difficulty chosen, 0 for none."""
        return int(self.difficulty.data or 0)

    @property
    def cited(self) -> list[str]:
        """The ids of law that were named."""
        return [each for each in re.split(r"[,;\s]+", self.cites.data or "") if each]


class BulkForm(PlaceForm):
    """The same for several drafts at once."""

    drafts = ManyChoiceField(say("Draf"), validators=[optional()])
    everything = CheckField(say("Semua draf yang masih terbuka"))

    def offer_drafts(self, ids: Iterable[UUID]) -> None:
        """Set the drafts that may be chosen."""
        self.drafts.choices = [(str(each), str(each)) for each in ids]

    @property
    def chosen(self) -> set[UUID]:
        """The drafts that are meant."""
        offered = [each for each, _ in self.drafts.choices]
        return {UUID(each) for each in (offered if self.everything.data else self.drafts.data or ())}


class ReviewForm(Form):
    """A deed about a pack, with the token of the difference that was on the page."""

    reviewed = HiddenField(say("Pembandingan"), [required()])


class DeedForm(Form):
    """A button."""
