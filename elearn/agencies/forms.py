"""The shape of what people type about employees and users."""

import datetime as dt
from typing import Any

from wtforms import HiddenField, ValidationError

from elearn.agencies import particulars
from elearn.agencies.listing import ABSENT, LEFT, NO_GROUP, PRESENT
from elearn.agencies.naming import Named
from elearn.agencies.rules import LONGEST_NAME, AbsenceKind, EmployeeKind, LeaveReason, PostGroup, is_too_long
from elearn.core.fields import (
    ChoiceField,
    DateField,
    Form,
    NipField,
    RadioChoiceField,
    TextField,
    length,
    optional,
    required,
)
from elearn.core.permissions import ROLE_NAMES, Role
from elearn.core.speech import say, term

KINDS = {kind.value: kind.words for kind in EmployeeKind}
ABSENCES = {kind.value: kind.words for kind in AbsenceKind}
REASONS = {reason.value: reason.words for reason in LeaveReason}
GROUPS = {group.value: group.words for group in PostGroup}
CHANGED, WRONG = "berubah", "salah-tulis"
TOO_LONG = say("Nama beserta gelar paling banyak %(most)s karakter.", most=LONGEST_NAME)
WITHOUT_CODE, EVERYBODY = "tanpa-kode", "semua"
STATES = {
    "": say("Belum keluar"),
    PRESENT: say("Bertugas"),
    ABSENT: say("Sedang tidak bertugas"),
    **ABSENCES,
    LEFT: say("Sudah keluar"),
}
ROLES = {role.value: ROLE_NAMES[role] for role in Role if role is not Role.ASN}
Choices = dict[str, str]


class PeopleFilter(Form):
    """What to look for among employees; it lives in the address, so it needs no protection."""

    class Meta:
        csrf = False

    cari = TextField(say("Nama atau NIP"), [optional(), length(max=100)])
    opd = ChoiceField(term("one", "OPD"), [optional()])
    jenis = ChoiceField(say("Jenis pegawai"), [optional()], choices={"": say("Semua jenis"), **KINDS})
    jabatan = ChoiceField(
        say("Kelompok jabatan"),
        [optional()],
        choices={"": say("Semua kelompok"), **GROUPS, NO_GROUP: say("Belum dicatat")},
    )
    aktivasi = ChoiceField(
        say("Aktivasi akun"),
        [optional()],
        choices={"": say("Semua"), "sudah": say("Sudah aktif"), "belum": say("Belum aktif")},
    )
    status = ChoiceField(say("Status"), [optional()], choices=STATES)

    def __init__(self, *args: Any, opd: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opd.choices = {"": say("Semua OPD"), **opd}


class UserFilter(Form):
    """Whom to look for among accounts."""

    class Meta:
        csrf = False

    cari = TextField(say("Nama, NIP, atau nama pengguna"), [optional(), length(max=100)])


class TransferForm(Form):
    """Where somebody goes, to which post, and when."""

    agency = ChoiceField(say("OPD atau unit tujuan"), [required()])
    post = TextField(say("Jabatan"), [required(), length(max=200)])
    post_group = ChoiceField(say("Kelompok jabatan"), [optional()], choices={"": say("Belum dicatat"), **GROUPS})
    on = DateField(say("Mulai bertugas di sana"), [required()])

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency.choices = {"": say("Pilih OPD atau unit"), **agencies}


class NameForm(Form):
    """What somebody is called, and whether that is new since a day or was written wrongly before."""

    name = TextField(say("Nama tanpa gelar"), [required(), length(max=200)])
    title_before = TextField(say("Gelar depan"), [length(max=60)])
    title_after = TextField(say("Gelar belakang"), [length(max=120)])
    why = RadioChoiceField(
        say("Yang terjadi"),
        [required(say("Pilih salah satu."))],
        choices={CHANGED: say("Nama atau gelar berubah"), WRONG: say("Nama atau gelar selama ini salah tulis")},
        default=CHANGED,
    )
    on = DateField(term("change", "Berlaku sejak"), [optional()])

    @property
    def is_mistake(self) -> bool:
        """Whether what stands now was wrong from the beginning."""
        return bool(self.why.data == WRONG)

    def named(self) -> Named:
        """What was typed, as plain facts."""
        return Named(str(self.name.data), self.title_before.data or None, self.title_after.data or None)

    def validate(self, extra_validators: Any = None) -> bool:
        """A change needs its day, and name and titles together fit where they stand as one."""
        is_sound = bool(super().validate(extra_validators))
        if not self.is_mistake and not self.on.data and not self.on.errors:
            self.on.errors = [say("Bagian ini perlu diisi.")]
            is_sound = False
        if is_sound and is_too_long(*self.named()):
            self.name.errors = [TOO_LONG]
            is_sound = False
        return is_sound


class LeaveForm(Form):
    """Since when somebody serves no longer, and why."""

    on = DateField(say("Hari pertama tidak lagi bertugas"), [required()])
    reason = ChoiceField(say("Sebab"), [required()], choices={"": say("Pilih sebab"), **REASONS})


class AbsenceForm(Form):
    """In which days somebody who belongs here does not serve, and why."""

    kind = ChoiceField(say("Sebab"), [required()], choices={"": say("Pilih sebab"), **ABSENCES})
    started_on = DateField(say("Hari pertama tidak bertugas"), [required()])
    ended_on = DateField(say("Hari pertama bertugas kembali"), [optional()])
    reason = TextField(say("Dasar"), [required(), length(max=300)])


class EndAbsenceForm(Form):
    """On which day somebody serves again."""

    on = DateField(say("Hari pertama bertugas kembali"), [required()])


class SlipsForm(Form):
    """For whom codes are made: those without one, or everybody who waits, beginning at a moment; once for a batch."""

    whom = RadioChoiceField(say("Untuk siapa"), [required(say("Pilih salah satu."))])
    since = HiddenField()
    batch = HiddenField(validators=[length(max=60)])

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whom.choices = list(choices.items())

    @property
    def token(self) -> str | None:
        """What the codes of this form follow from; another choice is another deed."""
        return f"{self.batch.data} {self.whom.data}" if self.batch.data else None

    def moment(self, now: dt.datetime) -> dt.datetime | None:
        """From when on a code counts as one of this round; None when every valid code counts."""
        if self.whom.data != EVERYBODY:
            return None
        return dt.datetime.fromisoformat(self.since.data) if self.since.data else now

    def validate_since(self, field: HiddenField) -> None:
        """The moment that a page of ours wrote comes back as it was."""
        try:
            is_sound = not field.data or dt.datetime.fromisoformat(field.data).tzinfo is not None
        except ValueError:
            is_sound = False
        if not is_sound:
            raise ValidationError(say("Muat ulang halaman ini, lalu coba lagi."))


class HireForm(Form):
    """One new employee."""

    nip = NipField(say("NIP atau NI PPPK"), [required()])
    name = TextField(say("Nama tanpa gelar"), [required(), length(max=200)])
    title_before = TextField(say("Gelar depan"), [length(max=60)])
    title_after = TextField(say("Gelar belakang"), [length(max=120)])
    kind = ChoiceField(say("Jenis pegawai"), [required()], choices=KINDS)
    rank = TextField(say("Golongan"), [length(max=10)])
    agency = ChoiceField(say("OPD atau unit"), [required()])
    post = TextField(say("Jabatan"), [required(), length(max=200)])
    post_group = ChoiceField(say("Kelompok jabatan"), [optional()], choices={"": say("Belum dicatat"), **GROUPS})
    started_on = DateField(say("Mulai bertugas di sana"), [required()])
    email = TextField(say("Email"), [length(max=254)])
    phone = TextField(say("Nomor HP"), [length(max=20)])

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency.choices = {"": say("Pilih OPD atau unit"), **agencies}

    def validate_name(self, field: TextField) -> None:
        """Name and titles together fit where they stand as one."""
        if is_too_long(field.data or "", self.title_before.data, self.title_after.data):
            raise ValidationError(TOO_LONG)

    def validate_rank(self, field: TextField) -> None:
        """A rank is one that exists."""
        if field.data and particulars.rank_of(field.data) is None:
            raise ValidationError(say("Tulis golongan seperti III/c untuk PNS, atau IX untuk PPPK."))

    def validate_email(self, field: TextField) -> None:
        """An address has the shape of one."""
        _check_email(field)

    def validate_phone(self, field: TextField) -> None:
        """A number can be an Indonesian one."""
        if field.data and particulars.phone_of(field.data) is None:
            raise ValidationError(say("Tulis nomor HP seperti 0812 3456 7890."))


class RoleForm(Form):
    """A role and the agency it is held in."""

    role = ChoiceField(say("Peran"), [required()], choices=ROLES)
    agency = ChoiceField(say("Lingkup"), [optional()])

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency.choices = {"": say("Seluruh pemerintah daerah"), **agencies}


class UserForm(RoleForm):
    """A new user who need not be an employee, with a first role."""

    username = TextField(say("Nama pengguna"), [required(), length(3, 60)])
    name = TextField(say("Nama lengkap"), [required(), length(max=200)])
    email = TextField(say("Email"), [length(max=254)])

    def validate_email(self, field: TextField) -> None:
        """An address must look like one."""
        _check_email(field)


def _check_email(field: TextField) -> None:
    if field.data and particulars.email_of(field.data) is None:
        raise ValidationError(say("Tulis alamat email seperti nama@contoh.go.id."))
