"""The smaller forms of a directive's life: closing it, exempting somebody from it, and plain buttons."""

from elearn.core.fields import DateField, Form, NipField, TextField, length, required
from elearn.core.speech import say


class CloseForm(Form):
    """Why a directive ends."""

    note = TextField(say("Catatan penutupan"), validators=[required(), length(max=300)])


class ExemptForm(Form):
    """Who is exempted, why and since when."""

    nip = NipField(say("NIP pegawai"), validators=[required(), length(18, 18)])
    reason = TextField(say("Alasan"), validators=[required(), length(max=300)])
    from_on = DateField(say("Mulai"), validators=[required()])
    fixed: str | None = None

    def fix(self, nip: str) -> None:
        """Ask for nobody: the person with this NIP has been chosen."""
        del self.nip
        self.fixed = nip

    def whom(self) -> str:
        """The NIP of who was chosen, or else as it was typed."""
        return self.fixed or str(self.nip.data)


class EndExemptionForm(Form):
    """The first day on which somebody is bound again."""

    until_on = DateField(say("Terikat kembali mulai"), validators=[required()])


class DeedForm(Form):
    """A button: to review, to issue, or to throw away."""
