"""The guide of each role, read in two minutes: a few steps, each with a picture of the page where it is done."""

from dataclasses import dataclass

from elearn.core.permissions import Role
from elearn.core.speech import say


@dataclass(frozen=True, slots=True)
class Step:
    """What to do, said in two or three sentences, and the name of its picture (tests/journeys/gallery.py)."""

    picture: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Guide:
    """The steps of one role."""

    role: Role
    title: str
    steps: tuple[Step, ...]


LEARNER = (
    Step(
        "umum-aktivasi",
        say("Aktifkan akun"),
        say(
            "Siapkan NIP dan lembar kode aktivasi dari pengelola kepegawaian. Buka Aktifkan akun, tulis keduanya, "
            "lalu buat kata sandi Anda sendiri."
        ),
    ),
    Step(
        "asn-tugas",
        say("Lihat tugas Anda"),
        say(
            "Tugas saya menunjukkan apa yang diminta, tenggatnya, dan berapa menit lagi. Anda dapat berhenti kapan "
            "saja dan melanjutkan dari tempat terakhir, juga tanpa jaringan."
        ),
    ),
    Step(
        "asn-adegan",
        say("Putuskan dalam cerita"),
        say(
            "Baca adegannya, pilih yang akan Anda lakukan, lalu lihat akibat dan aturannya. Pilihan dalam cerita "
            "tidak memengaruhi nilai kuis."
        ),
    ),
    Step(
        "asn-soal",
        say("Kerjakan kuis"),
        say(
            "Setiap jawaban langsung tersimpan. Periksa semuanya sebelum mengumpulkan. Bila belum lulus, halaman "
            "hasil menunjukkan topik yang perlu dibaca lagi."
        ),
    ),
    Step(
        "asn-pakta",
        say("Tanda tangani pakta integritas"),
        say("Baca dan setujui tiap butirnya, lalu tanda tangani dengan kata sandi Anda."),
    ),
    Step(
        "asn-sertifikat-satu",
        say("Simpan sertifikat"),
        say("Unduh PDF-nya atau bagikan tautannya. Siapa pun dapat memeriksa keasliannya tanpa masuk."),
    ),
)
OFFICER = (
    Step(
        "opd-meja",
        say("Mulai dari halaman pertama"),
        say("Halaman pertama menunjukkan berapa pegawai OPD Anda yang sudah selesai dan apa yang perlu dilakukan."),
    ),
    Step(
        "opd-kode",
        say("Bagikan kode aktivasi"),
        say(
            "Terbitkan lembar kode untuk pegawai yang belum masuk, cetak, lalu serahkan kepada tiap orang. Kode yang "
            "hilang dapat diganti; kode lama langsung tidak berlaku."
        ),
    ),
    Step(
        "opd-laporan-opd",
        say("Lihat siapa yang belum selesai"),
        say("Saring daftar pegawai menurut tahapnya, lalu unduh sebagai PDF, Excel, atau CSV untuk arsip OPD."),
    ),
    Step(
        "opd-pengingat",
        say("Ingatkan mereka"),
        say(
            "Kirim pengingat lewat email atau WhatsApp. Pesannya sudah disiapkan, dan setiap pengingat tercatat "
            "dengan waktunya."
        ),
    ),
)
HR = (
    Step(
        "bkpsdm-meja",
        say("Mulai dari halaman pertama"),
        say("Satu angka untuk seluruh pemerintah daerah, lalu OPD yang tertinggal dan hal yang menunggu keputusan."),
    ),
    Step(
        "bkpsdm-impor",
        say("Unggah daftar pegawai"),
        say("Berkas Excel atau CSV dari sistem kepegawaian dapat langsung dipakai. NIP tetap utuh 18 angka."),
    ),
    Step(
        "bkpsdm-impor-periksa",
        say("Periksa dahulu, lalu terapkan"),
        say(
            "Halaman ini menunjukkan siapa yang masuk, pindah, berubah, dan keluar. Belum ada yang diterapkan "
            "sebelum Anda menekan tombolnya."
        ),
    ),
    Step(
        "bkpsdm-laporan",
        say("Bandingkan semua OPD"),
        say("Laporan ketuntasan dapat dilihat per tanggal mana pun dan diunduh sebagai PDF, Excel, atau CSV."),
    ),
    Step(
        "bkpsdm-sertifikat",
        say("Kelola sertifikat"),
        say("Cari sertifikat siapa pun. Bila ada kekeliruan, cabut dengan alasan; pemeriksa keaslian melihatnya."),
    ),
)
SEKDA = (
    Step(
        "sekda-meja",
        say("Lihat pelaksanaan edaran"),
        say("Meja Anda memuat edaran yang berlaku dengan jalannya, draf yang menunggu, dan OPD yang tertinggal."),
    ),
    Step(
        "sekda-edaran-baru",
        say("Tulis edaran"),
        say("Isi nomor, hal, dasar hukum, sasaran, dan tenggat. Halaman menyebut berapa pegawai yang akan terikat."),
    ),
    Step(
        "sekda-edaran-draf",
        say("Periksa, lalu terbitkan"),
        say(
            "Baca pratinjau suratnya. Setelah terbit, edaran ditandatangani secara elektronik, tidak dapat diubah, "
            "dan muncul sebagai tugas setiap pegawai yang terikat."
        ),
    ),
    Step(
        "sekda-laporan",
        say("Ikuti ketuntasannya"),
        say("Laporan menyebut OPD yang tertinggal. Pengingat berjalan sendiri; surat teguran disiapkan untuk Anda."),
    ),
)
AUTHOR = (
    Step(
        "penyusun-materi",
        say("Lihat materi yang berlaku"),
        say("Setiap modul dapat dibaca utuh dengan kunci dan dasar hukumnya, lalu diunduh untuk disunting."),
    ),
    Step(
        "penyusun-unggah",
        say("Unggah pak materi"),
        say("Kirim berkas yang sudah disunting. Keluhan menyebut berkas, baris, dan cara membetulkan."),
    ),
    Step(
        "penyusun-naskah-perbedaan",
        say("Bandingkan, pratinjau, terbitkan"),
        say(
            "Lihat apa yang berubah dan bagaimana peserta akan melihatnya. Pekerjaan yang sedang berjalan tetap "
            "memakai versinya sendiri."
        ),
    ),
    Step(
        "penyusun-penilaian-soal",
        say("Perhatikan soal yang bermasalah"),
        say("Angka setiap soal dijelaskan dengan kata-kata. Soal yang keliru diputus, lalu nilainya dihitung ulang."),
    ),
)
AUDITOR = (
    Step(
        "pemeriksa-meja",
        say("Lihat keadaan catatan"),
        say("Satu kalimat menyebut apakah catatan utuh, kapan terakhir diperiksa, dan oleh siapa."),
    ),
    Step(
        "pemeriksa-jejak-audit-utuh",
        say("Periksa sendiri keutuhannya"),
        say("Satu tombol memeriksa setiap catatan dari yang pertama. Anda tidak perlu percaya begitu saja."),
    ),
    Step(
        "pemeriksa-sertifikat",
        say("Baca apa pun, tanpa mengubah"),
        say("Edaran, laporan, pegawai, dan sertifikat terbuka untuk dibaca. Tidak ada tombol yang mengubah data."),
    ),
)
ADMIN = (
    Step(
        "admin-meja",
        say("Lihat keadaan layanan"),
        say("Halaman pertama memeriksa basis data, cadangan, dan surat keluar, serta menyebut yang kurang."),
    ),
    Step(
        "admin-pengguna",
        say("Cari pengguna"),
        say("Cari menurut nama atau NIP, lalu lihat perannya, lingkup OPD-nya, dan sesinya."),
    ),
    Step(
        "admin-pengguna-baru",
        say("Tambah pengguna"),
        say("Pilih peran seperlunya. Kode aktivasi tampil satu kali; serahkan langsung kepada orangnya."),
    ),
    Step(
        "admin-surat-keluar",
        say("Awasi surat keluar"),
        say("Setiap pesan yang menunggu, terkirim, atau gagal ada di sini, beserta sebabnya."),
    ),
)
GUIDES = {
    "asn": Guide(Role.ASN, say("Panduan untuk ASN"), LEARNER),
    "opd": Guide(Role.OPD_OFFICER, say("Panduan untuk pengelola kepegawaian OPD"), OFFICER),
    "bkpsdm": Guide(Role.HR, say("Panduan untuk BKPSDM"), HR),
    "sekda": Guide(Role.SEKDA, say("Panduan untuk Sekretaris Daerah"), SEKDA),
    "penyusun": Guide(Role.AUTHOR, say("Panduan untuk penyusun materi"), AUTHOR),
    "pemeriksa": Guide(Role.AUDITOR, say("Panduan untuk pemeriksa"), AUDITOR),
    "admin": Guide(Role.ADMIN, say("Panduan untuk admin"), ADMIN),
}
PICTURES = frozenset(step.picture for guide in GUIDES.values() for step in guide.steps)
