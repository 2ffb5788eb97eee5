"""The shape of what people type to sign in, to activate an account and to change a password."""

from wtforms import ValidationError
from wtforms.validators import EqualTo

from elearn.accounts import rules
from elearn.core.fields import Form, PasswordField, TextField, length, required
from elearn.core.speech import say


class SignInForm(Form):
    """User name or NIP, and password."""

    username = TextField(say("NIP atau nama pengguna"), [required(), length(max=60)])
    password = PasswordField(say("Kata sandi"), [required()])


class NewPasswordForm(Form):
    """A new password, typed twice."""

    new_password = PasswordField(
        say("Kata sandi baru"), [required(), length(rules.SHORTEST_PASSWORD, rules.LONGEST_PASSWORD)]
    )
    repeated = PasswordField(
        say("Ulangi kata sandi baru"), [required(), EqualTo("new_password", say("Kedua kata sandi baru belum sama."))]
    )


class ActivateForm(NewPasswordForm):
    """NIP, the code from the slip, and the first password."""

    username = TextField(say("NIP atau nama pengguna"), [required(), length(max=60)])
    code = TextField(say("Kode aktivasi"), [required(), length(max=40)])


class ChangePasswordForm(NewPasswordForm):
    """The present password and the one to replace it."""

    password = PasswordField(say("Kata sandi sekarang"), [required()])

    def validate_new_password(self, field: PasswordField) -> None:
        """A change changes something."""
        if field.data == self.password.data:
            raise ValidationError(say("Kata sandi baru sama dengan yang sekarang."))
