"""The form every form is made from, and its fields, with complaints in Indonesian at the field."""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileAllowed, FileRequired
from flask_wtf.file import FileField as UploadField
from wtforms import (
    BooleanField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms import DateField as WtDateField
from wtforms import Form as WtForm
from wtforms import PasswordField as WtPasswordField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget, PasswordInput

from elearn.core import signs
from elearn.core.speech import say, tally
from elearn.core.tokens import FormToken


def trimmed(text: str | None) -> str | None:
    """The text without white space around it."""
    return text.strip() if isinstance(text, str) else text


def required(sentence: str = say("Bagian ini perlu diisi.")) -> InputRequired:
    """The field must be filled in."""
    return InputRequired(sentence)


def optional() -> Optional:
    """The field may stay empty."""
    return Optional()


def length(min: int = -1, max: int = -1) -> Length:  # noqa: A002
    """The text has between `min` and `max` characters."""
    if min == max:
        return Length(min, max, tally("Isi tepat %(num)s karakter.", max))
    if min > 0 and max > 0:
        return Length(min, max, say("Isi antara %(least)s dan %(most)s karakter.", least=min, most=max))
    if max > 0:
        return Length(min, max, tally("Isi paling banyak %(num)s karakter.", max))
    return Length(min, max, tally("Isi paling sedikit %(num)s karakter.", min))


def between(least: int, most: int) -> NumberRange:
    """The whole number lies between these two, both included."""
    return NumberRange(least, most, say("Tulis angka dari %(least)s sampai %(most)s.", least=least, most=most))


def one_of(extensions: tuple[str, ...]) -> FileAllowed:
    """The uploaded file's name ends in one of these."""
    kinds = reduce(_or, (f".{each}" for each in extensions))
    return FileAllowed(extensions, say("Pilih berkas %(kinds)s.", kinds=kinds))


def _or(one: str, other: str) -> str:
    return say("%(one)s atau %(other)s", one=one, other=other)


def file_required(sentence: str = say("Pilih berkasnya dahulu.")) -> FileRequired:
    """A file must be chosen."""
    return FileRequired(sentence)


class Form(FlaskForm):
    """The base of all forms; CSRF protection is on and cannot be forgotten."""

    class Meta:
        csrf_class = FormToken

        def bind_field(self, form: WtForm, unbound: Any, options: dict[str, Any]) -> Field:
            """Trim every text as it comes in, but never a password."""
            filters = unbound.kwargs.get("filters", [])
            if issubclass(unbound.field_class, StringField) and not issubclass(unbound.field_class, WtPasswordField):
                filters = [trimmed, *filters]
            return unbound.bind(form=form, filters=filters, **options)


class Deed:
    """A button, or a page whose fields its template draws itself: it holds complaints as a form does, and no field.

    Such a template writes the token against forgery itself; it is asked of every request that changes something.
    """

    errors: Mapping[str, Sequence[str]] = {}
    refusal_status = 422

    def __init__(self) -> None:
        self.form_errors: list[str] = []

    def __iter__(self) -> Iterator[Field]:
        return iter(())

    def __contains__(self, _name: str) -> bool:
        return False

    def __getitem__(self, name: str) -> Field:
        raise KeyError(name)


class _Plain:
    """Text that holds nothing hidden."""

    data: Any
    allowed = ""

    def pre_validate(self, _form: WtForm) -> None:
        """Refuse signs that nobody sees and that a header, a database or a reader stumbles over."""
        if self.data and signs.has_hidden(self.data, allowed=self.allowed):
            raise ValidationError(say("Bagian ini memuat tanda tersembunyi. Ketik ulang isinya tanpa menyalin."))


class TextField(_Plain, StringField):
    """One line of text."""


class LongTextField(_Plain, TextAreaField):
    """Several lines of text."""

    allowed = signs.LINES


class PasswordField(WtPasswordField):
    """A secret; never sent back to the page."""

    widget = PasswordInput(hide_value=True)


class NipField(_Plain, StringField):
    """A NIP of 18 digits, which people also write with spaces, dots or dashes."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the digits only, if there is nothing but digits and separators."""
        super().process_formdata(valuelist)
        text = str(valuelist[0]) if valuelist else ""
        bare = text.translate(str.maketrans("", "", " .-\u00a0"))
        self.data = bare if bare.isdigit() else text.strip()


class DateField(WtDateField):
    """A calendar day from the browser's date picker, or typed as 22-11-2026 or 22/11/2026."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, format=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day or complain in Indonesian."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(say("Tulis tanggal yang ada, misalnya 22-11-2026.")) from None


class NumberField(IntegerField):
    """A whole number."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number or complain in Indonesian."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(say("Tulis angka bulat, misalnya 14.")) from None


class _ChoiceSentence:
    """A complaint in Indonesian when the choice is not among those offered."""

    def pre_validate(self, form: WtForm) -> None:
        """Refuse a choice that was not offered."""
        try:
            super().pre_validate(form)  # type: ignore[misc]
        except (ValueError, ValidationError):
            raise ValidationError(say("Pilih salah satu yang tersedia.")) from None


class ChoiceField(_ChoiceSentence, SelectField):
    """One of a list, as a drop-down."""


class RadioChoiceField(_ChoiceSentence, RadioField):
    """One of a few, all visible."""


class ManyChoiceField(_ChoiceSentence, SelectMultipleField):
    """Several of a list, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ConsentField(BooleanField):
    """A box that must be ticked by the person herself; give it `required()`."""


class CheckField(BooleanField):
    """A box that may be ticked."""


class FileField(UploadField):
    """An uploaded file."""
