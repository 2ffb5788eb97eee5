"""The shape of what people type about employees and users."""

from typing import Any

from wtforms import ValidationError

from elearn.agencies import particulars
from elearn.agencies.rules import EmployeeKind
from elearn.core.fields import (
    ChoiceField,
    DateField,
    Form,
    NipField,
    TextField,
    length,
    optional,
    required,
)
from elearn.core.permissions import ROLE_NAMES, Role

KINDS = {kind.value: kind.words for kind in EmployeeKind}
ROLES = {role.value: ROLE_NAMES[role] for role in Role if role is not Role.ASN}
Choices = dict[str, str]


class PeopleFilter(Form):
    """What to look for among employees; it lives in the address, so it needs no protection."""

    class Meta:
        csrf = False

    cari = TextField("Nama atau NIP", [optional(), length(max=100)])
    opd = ChoiceField("OPD", [optional()])
    jenis = ChoiceField("Jenis pegawai", [optional()], choices={"": "Semua jenis", **KINDS})
    aktivasi = ChoiceField(
        "Aktivasi akun", [optional()], choices={"": "Semua", "sudah": "Sudah aktif", "belum": "Belum aktif"}
    )
    status = ChoiceField("Status", [optional()], choices={"": "Bertugas", "keluar": "Sudah keluar"})

    def __init__(self, *args: Any, opd: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opd.choices = {"": "Semua OPD", **opd}


class UserFilter(Form):
    """Whom to look for among accounts."""

    class Meta:
        csrf = False

    cari = TextField("Nama, NIP, atau nama pengguna", [optional(), length(max=100)])


class TransferForm(Form):
    """Where somebody goes, to which post, and when."""

    agency = ChoiceField("OPD atau unit tujuan", [required()])
    post = TextField("Jabatan", [required(), length(max=200)])
    on = DateField("Mulai bertugas di sana", [required()])

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency.choices = {"": "Pilih OPD atau unit", **agencies}


class LeaveForm(Form):
    """Since when somebody serves no longer, and why."""

    on = DateField("Hari pertama tidak lagi bertugas", [required()])
    reason = ChoiceField(
        "Sebab",
        [required()],
        choices={
            "pensiun": "Pensiun",
            "pindah instansi": "Pindah ke instansi lain",
            "kontrak berakhir": "Perjanjian kerja berakhir",
            "berhenti": "Berhenti atau diberhentikan",
            "meninggal dunia": "Meninggal dunia",
        },
    )


class HireForm(Form):
    """One new employee."""

    nip = NipField("NIP atau NI PPPK", [required()])
    name = TextField("Nama tanpa gelar", [required(), length(max=200)])
    title_before = TextField("Gelar depan", [length(max=60)])
    title_after = TextField("Gelar belakang", [length(max=120)])
    kind = ChoiceField("Jenis pegawai", [required()], choices=KINDS)
    rank = TextField("Golongan", [length(max=10)])
    agency = ChoiceField("OPD atau unit", [required()])
    post = TextField("Jabatan", [required(), length(max=200)])
    started_on = DateField("Mulai bertugas di sana", [required()])
    email = TextField("Email", [length(max=254)])
    phone = TextField("Nomor HP", [length(max=20)])

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency.choices = {"": "Pilih OPD atau unit", **agencies}

    def validate_rank(self, field: TextField) -> None:
        """A rank is one that exists."""
        if field.data and particulars.rank_of(field.data) is None:
            raise ValidationError("Tulis golongan seperti III/c untuk PNS, atau IX untuk PPPK.")

    def validate_email(self, field: TextField) -> None:
        """An address has the shape of one."""
        _check_email(field)

    def validate_phone(self, field: TextField) -> None:
        """A number can be an Indonesian one."""
        if field.data and particulars.phone_of(field.data) is None:
            raise ValidationError("Tulis nomor HP seperti 0812 3456 7890.")


class RoleForm(Form):
    """A role and the agency it is held in."""

    role = ChoiceField("Peran", [required()], choices=ROLES)
    agency = ChoiceField("Lingkup", [optional()])

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency.choices = {"": "Seluruh pemerintah daerah", **agencies}


class UserForm(RoleForm):
    """A new user who need not be an employee, with a first role."""

    username = TextField("Nama pengguna", [required(), length(3, 60)])
    name = TextField("Nama lengkap", [required(), length(max=200)])
    email = TextField("Email", [length(max=254)])

    def validate_email(self, field: TextField) -> None:
        """An address must look like one."""
        _check_email(field)


def _check_email(field: TextField) -> None:
    if field.data and particulars.email_of(field.data) is None:
        raise ValidationError("Tulis alamat email seperti nama@contoh.go.id.")
