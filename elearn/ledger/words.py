"""What the record's events and streams are called on screen; pure. The record itself keeps the code's words."""

EVENTS = {
    "accounts:activated": "Akun diaktifkan",
    "accounts:code_issued": "Kode aktivasi dibuat",
    "accounts:codes_issued": "Kode aktivasi dibuat untuk banyak akun",
    "accounts:created": "Akun dibuat",
    "accounts:created_many": "Banyak akun dibuat",
    "accounts:deactivated": "Akun ditutup",
    "accounts:password_changed": "Kata sandi diganti",
    "accounts:reactivated": "Akun dibuka kembali",
    "accounts:role_granted": "Peran diberikan",
    "accounts:role_revoked": "Peran dicabut",
    "agencies:agency_opened": "Unit dibentuk",
    "agencies:codes_issued": "Lembar kode aktivasi dicetak",
    "agencies:people_hired": "Banyak pegawai ditambahkan",
    "agencies:people_transferred": "Banyak pegawai dimutasikan",
    "agencies:person_hired": "Pegawai ditambahkan",
    "agencies:person_left": "Pegawai berhenti atau keluar",
    "agencies:person_transferred": "Pegawai dimutasikan",
    "agencies:roster_applied": "Daftar pegawai diterapkan",
    "authoring:pack_approved": "Pak materi disetujui",
    "authoring:pack_discarded": "Pak materi dibuang",
    "authoring:pack_published": "Pak materi diterbitkan",
    "authoring:pack_uploaded": "Pak materi diunggah",
    "authoring:law_changed": "Perubahan aturan ditandai",
    "authoring:law_settled": "Perubahan aturan dinyatakan selesai",
    "certificates:issued": "Sertifikat diterbitkan",
    "certificates:revoked": "Sertifikat dicabut",
    "certificates:sealed": "Sertifikat disegel",
    "content:published": "Materi diterbitkan",
    "demo:loaded": "Data contoh dimuat",
    "directive:issued": "Edaran diterbitkan",
    "pact:signed": "Pakta ditandatangani",
    "quiz:submitted": "Kuis dikumpulkan",
}
STREAMS = {
    "accounts": "akun",
    "agencies": "kepegawaian",
    "authoring": "penyusunan materi",
    "certificates": "sertifikat",
    "content": "materi",
    "demo": "data contoh",
    "directive": "edaran",
    "pact": "pakta",
    "quiz": "kuis",
}


def event_words(event: str) -> str:
    """What an event is called; its own code for one from another version of the program."""
    return EVENTS.get(event, event)


def stream_words(stream: str) -> str:
    """What a stream is called; its own code for one from another version of the program."""
    return STREAMS.get(stream, stream)
