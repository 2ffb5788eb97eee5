"""Every page of every role: where it is and how one comes there."""

from collections.abc import Iterator

from flask import Flask

from elearn.demo import actions as demo
from tests.journeys import cast, desks, props
from tests.journeys.pages import Demo
from tests.journeys.shots import Seat, Shot, first

MODULE, PACT = f"/belajar/{cast.SLUG}", f"/pakta/{cast.SLUG}"


def seats(app: Flask) -> Iterator[Seat]:
    """Who sits down in turn; what she needs there is prepared on the way."""
    with app.app_context():
        accounts = {each.role: Demo(each.username, each.password, each.name) for each in demo.accounts()}
        samples = props.samples()
    yield Seat("umum", None, stranger(samples))
    yield from learners(app)
    yield from desks.seats(app, accounts, samples)


MIDWAY = [
    Shot("tugas", "/"),
    Shot("modul", MODULE),
    Shot("pelajaran", f"{MODULE}/pelajaran/media-sosial"),
    Shot("pakta-belum", PACT),
    Shot("edaran", "/edaran"),
    Shot("akun", "/akun"),
    Shot("sandi", "/akun/sandi"),
    Shot("sertifikat-belum", "/sertifikat"),
]
DONE = [
    Shot("tugas-selesai", "/"),
    Shot("pakta-bukti", f"{PACT}/bukti"),
    Shot("sertifikat", "/sertifikat"),
    Shot("sertifikat-satu", "/sertifikat", first(".card-link")),
]


def stranger(samples: props.Samples) -> list[Shot]:
    """What anybody may open."""
    return [
        Shot("awal", "/"),
        Shot("bantuan", "/bantuan"),
        Shot("panduan", "/bantuan/asn"),
        Shot("masuk", "/masuk"),
        Shot("aktivasi", "/aktivasi"),
        Shot("verifikasi", "/verifikasi"),
        Shot("verifikasi-sah", samples.verification),
        Shot("verifikasi-tidak-dikenal", "/verifikasi/7K3M-9QXD-2F5T-H"),
        Shot("tidak-ditemukan", "/tidak-ada"),
    ]


def learners(app: Flask) -> Iterator[Seat]:
    """The same module at every point of the way."""
    who, play = cast.midway(app)
    behind = [Shot("akibat", f"{play}/langkah/1"), Shot("adegan-dibaca-lagi", f"{play}/adegan/1")]
    yield Seat("asn", who, [*MIDWAY, Shot("adegan", play), *behind])
    who, attempt = cast.sitting(app)
    quiz = [Shot("soal", f"{attempt}/soal/1"), Shot("soal-daftar", attempt)]
    yield Seat("asn", who, [*quiz, Shot("akhir", cast.ended_story(app, who))])
    who, attempt = cast.graded(app, right=9)
    yield Seat("asn", who, [Shot("hasil-belum", f"{attempt}/hasil"), Shot("modul-belum", MODULE)])
    who, attempt = cast.graded(app, right=18)
    passed = [Shot("hasil-lulus", f"{attempt}/hasil"), Shot("modul-lulus", MODULE)]
    yield Seat("asn", who, [*passed, Shot("tugas-pakta", "/"), Shot("pakta", PACT)])
    yield Seat("asn", cast.certified(app), DONE)
