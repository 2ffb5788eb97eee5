"""Every component in each of its states on one page, `/gaya`, for whoever draws a page; not in production."""

from datetime import date

from flask import Flask, Response
from wtforms.validators import ValidationError

from elearn.core import fields
from elearn.core.permissions import public
from elearn.core.tables import Column, Table
from elearn.core.web import Page, render

COLUMNS = (Column("name", "OPD", "text"), Column("bound", "Wajib", "count"), Column("share", "Selesai", "percent"))
ROWS = (
    {"name": "Dinas Kesehatan", "bound": 812, "share": 0.88},
    {"name": "Dinas Pendidikan", "bound": 2914, "share": 0.73},
    {"name": "Kecamatan Muara Pinang", "bound": 41, "share": None},
)
KINDS = {"langsung": "Langsung", "setelah-lulus": "Setelah lulus"}


class SampleForm(fields.Form):
    """A control of each kind; the second one always complains."""

    name = fields.TextField("Nama")
    nip = fields.NipField("NIP")
    born = fields.DateField("Tanggal lahir")
    note = fields.LongTextField("Catatan")
    review = fields.RadioChoiceField("Pembahasan tampil", choices=KINDS)
    agree = fields.ConsentField("Saya setuju dengan butir ini.")

    def validate_nip(self, _field: fields.NipField) -> None:
        """Refuse whatever was entered."""
        raise ValidationError("NIP terdiri atas 18 angka. Yang Anda tulis baru 12.")


@public
def gallery() -> Response:
    """The components, each with its states."""
    form = SampleForm(data={"nip": "198609262015", "born": date(1986, 9, 26)}, meta={"csrf": False})
    form.validate()
    table = Table("Ketuntasan per OPD", COLUMNS, list(ROWS))
    return render("home/gallery.html", form=form, table=table, page=Page([], 3, 9, 412))


def install(app: Flask) -> None:
    """Open the page, unless people work here."""
    if app.config["SETTINGS"].environment != "production":
        app.add_url_rule("/gaya", endpoint="home.gallery", view_func=gallery)
