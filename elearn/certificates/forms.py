"""Forms of certificates: verification by anyone, revocation by HR."""

from elearn.core.fields import FileField, Form, LongTextField, TextField, length, optional, required


class VerifyForm(Form):
    """A code from paper, a PDF, or both."""

    code = TextField("Kode sertifikat", validators=[optional(), length(max=40)])
    file = FileField("Berkas PDF sertifikat", validators=[optional()])


class RevokeForm(Form):
    """Why a certificate is revoked."""

    reason = LongTextField(
        "Alasan pencabutan", validators=[required("Tulis alasan pencabutannya."), length(min=10, max=500)]
    )
