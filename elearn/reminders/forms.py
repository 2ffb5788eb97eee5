"""The shape of what people type about reminders and reprimands."""

from typing import Any

from elearn.core.fields import ChoiceField, Form, TextField, length, optional, required
from elearn.core.speech import say, term

Choices = dict[str, str]


class OpenFilter(Form):
    """Whom to look for among those who have not finished; it lives in the address, so it needs no protection."""

    class Meta:
        csrf = False

    arahan = ChoiceField(term("one", "Edaran"), [optional()])
    opd = ChoiceField(say("OPD atau unit"), [optional()])
    cari = TextField(say("Nama"), [optional(), length(max=100)])

    def __init__(self, *args: Any, directives: Choices, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arahan.choices = directives
        self.opd.choices = {"": say("Semua yang dapat Anda lihat"), **agencies}


class IssueForm(Form):
    """The number under which a letter of reprimand goes out."""

    number = TextField(say("Nomor surat"), [required(), length(max=60)])
