"""What the scripts say on a page, in words that `static/js/words.js` looks up by the Indonesian sentence."""

from flask import Flask

from elearn.core.speech import say
from elearn.core.voice import is_indonesian

SAID = (
    say("Cari dalam tabel"),
    say("{count} dari {total} baris"),
    say("Tautan tersalin"),
    say("Tampilkan kata sandi"),
    say("Sembunyikan kata sandi"),
    say("Kata sandi terlihat di layar."),
    say("Kata sandi tersembunyi."),
    say("{minutes} menit"),
    say("Batas waktu berubah."),
    say("Sisa waktu {minutes} menit."),
    say("Waktu habis. Jawaban yang tersimpan akan dinilai."),
    say("{count} kiriman tersimpan di perangkat, belum terkirim. "),
    say("Semua yang tersimpan di perangkat sudah terkirim."),
    say("Tanpa jaringan. Yang Anda kerjakan disimpan di perangkat dan dikirim saat tersambung."),
    say("Sedang dicoba lagi."),
    say("Dikirim saat tersambung."),
    say("Sesi Anda berakhir. "),
    say("Masuk lagi untuk mengirimnya"),
    say("Hapus dari perangkat"),
    say("Kiriman"),
    say("{label} tidak diterima: {sentence} "),
    say("Kiriman ini tidak dapat diterima."),
    say("Tersimpan di perangkat"),
    say("Terkirim"),
    say("Selesai"),
    say("{count} kiriman belum terkirim dan akan hilang dari perangkat ini bila Anda keluar sekarang. Tetap keluar?"),
    say("Koneksi terputus. Jawaban Anda aman di perangkat ini dan dikirim saat tersambung."),
    say("Sesi Anda berakhir. Jawaban Anda aman di perangkat ini; masuk lagi untuk mengirimnya."),
    say("Perangkat ini tidak dapat menyimpan sendiri. Tekan tombol di bawah untuk menyimpan jawaban ini."),
    say("Pilih sedikitnya satu. Jawaban yang tersimpan belum berubah."),
    say("Satu nomor dipakai dua kali. Perubahan ini tersimpan setelah setiap baris bernomor berbeda."),
    say("Tulis satu angka tanpa satuan dan tanpa pemisah ribuan, misalnya 14 atau 2,5."),
    say("belum dijawab"),
    say("belum lengkap"),
    say("sudah dijawab"),
    say("ditandai untuk diperiksa lagi"),
    say("tersimpan di perangkat"),
    say("Soal {position}"),
    say("Tanda soal {position}"),
    say("Hapus tanda “periksa lagi”"),
    say("Tandai untuk diperiksa lagi"),
    say("{done} dari {total} soal terjawab, termasuk yang tersimpan di perangkat ini."),
    say("Belum dijawab: soal {list}."),
    say("Belum lengkap: soal {list}."),
    say("Ditandai untuk diperiksa lagi: soal {list}."),
    say("Lengkapi soal {position}"),
    say("Jawab soal {position}"),
    say("Memeriksa apakah semua jawaban sudah terkirim."),
    say("{count} kiriman masih tersimpan di perangkat ini. Kuis dapat dikumpulkan setelah semuanya terkirim."),
    say("Koneksi terputus. Kuis dapat dikumpulkan setelah tersambung; jawaban Anda sudah tersimpan."),
    say("Tersimpan di perangkat ini, belum terkirim."),
    say("Tersimpan."),
)


def words() -> dict[str, str]:
    """The sentences of the scripts in the language spoken now; nothing for Indonesian, which they have already."""
    return {} if is_indonesian() else {each.pattern: str(each) for each in SAID}


def install(app: Flask) -> None:
    """Let the frame of every page carry the words."""
    app.jinja_env.globals.update(script_words=words)
