"""What the record's events and streams are called on screen; pure. The record itself keeps the code's words."""

EVENTS = {
    "accounts:activated": "Akun diaktifkan",
    "accounts:code_issued": "Kode aktivasi dibuat",
    "accounts:codes_issued": "Kode aktivasi dibuat untuk banyak akun",
    "accounts:created": "Akun dibuat",
    "accounts:created_many": "Banyak akun dibuat",
    "accounts:deactivated": "Akun ditutup",
    "accounts:discarded": "Akun yang belum pernah dipakai dihapus",
    "accounts:password_changed": "Kata sandi diganti",
    "accounts:reactivated": "Akun dibuka kembali",
    "accounts:restored": "Akun dikembalikan ke keadaan semula",
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
    "agencies:roster_undone": "Penerapan daftar pegawai dibatalkan",
    "agencies:unit_name_forgotten": "Padanan nama unit dihapus",
    "agencies:unit_names_mapped": "Nama unit dipetakan",
    "authoring:pack_approved": "Pak materi disetujui",
    "authoring:pack_discarded": "Pak materi dibuang",
    "authoring:pack_published": "Pak materi diterbitkan",
    "authoring:pack_uploaded": "Pak materi diunggah",
    "authoring:law_changed": "Perubahan aturan ditandai",
    "authoring:law_settled": "Perubahan aturan dinyatakan selesai",
    "calendar:election_changed": "Tahapan pemilihan diubah",
    "calendar:election_entered": "Pemilihan dicatat",
    "calendar:election_removed": "Pemilihan dihapus dari kalender",
    "calendar:holiday_entered": "Hari libur atau hari kerja daerah dicatat",
    "calendar:holiday_removed": "Hari daerah dihapus dari kalender",
    "certificates:issued": "Sertifikat diterbitkan",
    "certificates:revoked": "Sertifikat dicabut",
    "certificates:sealed": "Sertifikat disegel",
    "content:published": "Materi diterbitkan",
    "demo:loaded": "Data contoh dimuat",
    "directive:closed": "Edaran ditutup",
    "directive:exempted": "Pegawai dikecualikan dari edaran",
    "directive:exemption_ended": "Pengecualian dari edaran diakhiri",
    "directive:issued": "Edaran diterbitkan",
    "directive:reviewed": "Draf edaran diperiksa",
    "directive:revoked": "Edaran dicabut",
    "notices:retried": "Surat yang gagal dikirim ulang",
    "pact:signed": "Pakta ditandatangani",
    "quiz:submitted": "Kuis dikumpulkan",
    "reminders:contact_opened": "Pesan WhatsApp kepada pegawai dibuka",
    "reminders:feed_made": "Alamat langganan kalender dibuat",
    "reminders:feed_removed": "Alamat langganan kalender dihapus",
    "reminders:reprimand_drafted": "Konsep surat teguran dibuat",
    "reminders:reprimand_issued": "Surat teguran diterbitkan",
}
STREAMS = {
    "accounts": "akun",
    "agencies": "kepegawaian",
    "authoring": "penyusunan materi",
    "calendar": "kalender",
    "certificates": "sertifikat",
    "content": "materi",
    "demo": "data contoh",
    "directive": "edaran",
    "notices": "surat keluar",
    "pact": "pakta",
    "quiz": "kuis",
    "reminders": "pengingat",
}


def event_words(event: str) -> str:
    """What an event is called; its own code for one from another version of the program."""
    return EVENTS.get(event, event)


def stream_words(stream: str) -> str:
    """What a stream is called; its own code for one from another version of the program."""
    return STREAMS.get(stream, stream)
