"""Forms of certificates: verification by anyone, revocation by HR."""

from elearn.core.fields import FileField, Form, LongTextField, TextField, length, optional, required
from elearn.core.speech import say


class VerifyForm(Form):
    """A code from paper, a file, or both."""

    code = TextField(say("Kode sertifikat"), validators=[optional(), length(max=40)])
    file = FileField(say("Berkas PDF sertifikat atau surat, atau berkas laporan"), validators=[optional()])


class RevokeForm(Form):
    """Why a certificate is revoked."""

    reason = LongTextField(
        say("Alasan pencabutan"), validators=[required(say("Tulis alasan pencabutannya.")), length(min=10, max=500)]
    )
