"""The shape of what people type about rosters: the file, what to look for in it, what they confirm and explain."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from elearn.agencies import headings
from elearn.agencies.preview import Kind
from elearn.core.fields import (
    ChoiceField,
    ConsentField,
    DateField,
    FileField,
    Form,
    ManyChoiceField,
    TextField,
    file_required,
    length,
    one_of,
    optional,
    required,
)
from elearn.core.speech import say, term

ROSTER_FILES = ("xlsx", "csv", "txt")
NOT_OURS = "bukan"
KINDS = {kind.value: kind.words for kind in Kind}
DATA = ("name", "kind", "post", "post_group", "rank", "title_before", "title_after", "email", "phone")
Choices = dict[str, str]


class RosterForm(Form):
    """A roster and the day whose state it shows."""

    file = FileField(say("Berkas daftar pegawai"), [file_required(), one_of(ROSTER_FILES)])
    as_of = DateField(say("Data per tanggal"), [required()])


class DifferenceFilter(Form):
    """What to look for in what a roster changes; it lives in the address, so it needs no protection."""

    class Meta:
        csrf = False

    cari = TextField(say("Nama atau NIP"), [optional(), length(max=100)])
    jenis = ChoiceField(say("Perubahan"), [optional()], choices={"": say("Semua perubahan"), **KINDS})
    opd = ChoiceField(term("one", "OPD"), [optional()])
    kolom = ChoiceField(
        say("Data yang berubah"),
        [optional()],
        choices={"": say("Semua data"), **{name: headings.NAMES[name] for name in DATA}},
    )

    def __init__(self, *args: Any, opd: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opd.choices = {"": say("Semua OPD"), **opd}


class ApplyForm(Form):
    """The deed of applying a roster, with a sentence for each doubt: to be confirmed, or to be asked for."""

    confirmed = ManyChoiceField(say("Yang perlu Anda pastikan"), [optional()])
    also = ManyChoiceField(say("Yang dapat Anda sertakan"), [optional()])

    def __init__(self, *args: Any, boxes: Choices, options: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.confirmed.choices, self.also.choices = boxes, options

    @property
    def chosen(self) -> list[str]:
        """All that was ticked."""
        return [*(self.confirmed.data or ()), *(self.also.data or ())]


class UndoForm(Form):
    """The deed of undoing a roster."""

    is_sure = ConsentField(
        say("Saya memahami bahwa data pegawai kembali ke keadaan sebelum daftar ini diterapkan."),
        [required(say("Centang pernyataan ini untuk melanjutkan."))],
    )


def field_of(key: str) -> str:
    """The name of the field that asks what an unknown name means."""
    return f"nama_{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def names_form(asked: Iterable[tuple[str, str, Choices, str]]) -> Form:
    """A form that asks of each unknown name (key, words, choices, suggestion) which agency it means."""
    fields = {
        field_of(key): ChoiceField(
            words,
            [optional()],
            choices={"": say("Belum dipetakan"), NOT_OURS: say("Bukan bagian kami"), **choices},
            default=suggestion,
        )
        for key, words, choices, suggestion in asked
    }
    form: Form = type("NamesForm", (Form,), fields)()
    return form


def answers(form: Form, keys: Sequence[str]) -> dict[str, str]:
    """What was chosen by key, where something was."""
    chosen = {key: form[field_of(key)].data for key in keys}
    return {key: value for key, value in chosen.items() if value}
