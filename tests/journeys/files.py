"""What downloaded files say, read by programs that are not ours: poppler, openpyxl, the csv module."""

import csv
import io
import subprocess
import tempfile
from collections.abc import Sequence
from typing import Any

import openpyxl


def signatures(pdf: bytes) -> str:
    """What poppler says of a file's signatures."""
    return _poppler(pdf, "pdfsig", "-nocert")


def pdf_text(pdf: bytes) -> str:
    """The words of a PDF, a single space between them."""
    return " ".join(_poppler(pdf, "pdftotext", then=["-"]).split())


def csv_rows(content: bytes) -> list[dict[str, str]]:
    """The rows above the notes of an exported CSV, by column title."""
    table, _, _ = content.decode("utf-8-sig").partition("\r\n\r\n")
    return list(csv.DictReader(io.StringIO(table), delimiter=";"))


def xlsx_rows(content: bytes) -> list[dict[str, Any]]:
    """The rows of an exported workbook's first sheet, by column title."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def _poppler(pdf: bytes, *command: str, then: Sequence[str] = ()) -> str:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        found = subprocess.run([*command, file.name, *then], capture_output=True, check=False)
    return found.stdout.decode()
