"""The directive that teaches a module again after a change of the law, as it is drafted for the Sekda."""

from collections.abc import Sequence

from elearn.authoring.rules import Change
from elearn.content.law import Instrument
from elearn.core.bahasa import tanggal


def letter(instrument: Instrument, told: Sequence[Change]) -> tuple[str, str]:
    """Its subject and its text."""
    news = "\n".join(f"- Berlaku sejak {tanggal(each.changed_on)}: {each.note}" for each in told)
    body = (
        f"Sehubungan dengan perubahan {instrument.full}:\n\n{news}\n\n"
        "Setiap pegawai yang terikat mempelajari kembali modul ini dalam terbitan terbarunya."
    )
    return f"Pembelajaran ulang setelah perubahan {instrument.short}", body
