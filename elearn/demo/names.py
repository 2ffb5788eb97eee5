"""Fictional Indonesian names as a civil service gathers them: from many regions, of one word or of five."""

from dataclasses import dataclass
from random import Random
from typing import Literal

Sex = Literal["L", "P"]


def _words(text: str) -> tuple[str, ...]:
    """The comma separated names of a text."""
    return tuple(word.strip() for word in text.split(","))


@dataclass(frozen=True)
class Region:
    """Where a name comes from and how such names are composed."""

    name: str
    weight: int
    """How many in a hundred people of the regency bear such a name."""
    men: tuple[str, ...]
    women: tuple[str, ...]
    men_more: tuple[str, ...]
    women_more: tuple[str, ...]
    families: tuple[str, ...] = ()
    """Family or clan names that close the name; empty where people have none."""
    lengths: tuple[int, ...] = (10, 60, 30)
    """Relative frequency of one, two, three … parts before the family name."""
    has_haji: bool = True
    """Whether H. and Hj. are met before such names."""


@dataclass(frozen=True)
class Name:
    """A person's name without titles."""

    text: str
    sex: Sex
    region: Region


REGIONS: tuple[Region, ...] = (
    Region(
        name="Bengkulu",
        weight=31,
        men=_words(
            "Deki, Jumadil, Herawan, M. Ridho, Yudi, Ahmad, Zulkifli, Sapuan, Rustam, Medi, Hendri, Tarmizi, Ramli,"
            "Buyung, Marsudi, Iswan, Nopri, Robi, Yansori, Pirin, Sukardi, M. Ilham, Aprizal, Wawan, Dedi, Kasrul,"
            "Ruslan, Sirajudin, Yovi, Mirzan, Budiman, Ujang, Ma'ruf, Mas'ud, M. Syafi'i, Rahmat, Sabirin, Jahidin"
        ),
        women=_words(
            "Lensi, Yesi, Nurul, Rina, Yeni, Elmi, Susi, Desi, Reka, Nelda, Septi, Wiwin, Yuliana, Rosmala, Titi,"
            "Nurlela, Zuraida, Marlena, Lisdiana, Endang, Evi, Fitri, Ria, Meri, Oktavia, Sa'diyah, Rif'atul, Leni,"
            "Halimatus, Diana, Mardiana, Neti, Rusnaini, Sumarni, Yulita, Emilia, Asmara, Jamilah"
        ),
        men_more=_words(
            "Saputra, Akhir, Syah, Irawan, Effendi, Kurniawan, Junaidi, Hidayat, Gumay, Arpan, Alamsyah, Firdaus,"
            "Heriyanto, Suhendra, Jaya, Marlian, Yusuf, Pratama, Putra, Yunardi, Akbar, Febriansyah, Kusuma, Arwin"
        ),
        women_more=_words(
            "Oktarina, Puspita, Sari, Marlina, A'yuni, Herlina, Susanti, Lestari, Yulia, Wulandari, Hartati,"
            "Agustina, Hayati, Permata, Novianti, Yuliarti, Pertiwi, Khasanah, Anggraini, Sa'adah, Kurnia, Dewi,"
            "Ni'mah, Astuti, Juwita, Purnama, Melati, Rahmadani"
        ),
        lengths=(14, 56, 26, 4),
    ),
    Region(
        name="Jawa",
        weight=18,
        men=_words(
            "Sugiyono, Slamet, Bambang, Agus, Sutrisno, Eko, Dwi, Tri, Wagimin, Suparno, Sunaryo, Heru, Budi,"
            "Teguh, Joko, Ngadiman, Purwanto, Sumarno, Yulianto, Hadi, Sigit, Paryono, Nur, Bayu, Wisnu, Aris"
        ),
        women=_words(
            "Sri, Tri, Dwi, Endang, Sumiyati, Suharti, Ngatini, Wahyu, Retno, Ratna, Siti, Nur, Murni, Sulastri,"
            "Painah, Wiwik, Anik, Dyah, Indah, Ari, Yuni, Tutik, Rahayu, Sukarsih, Ning, Suwarti"
        ),
        men_more=_words(
            "Prasetyo, Hermanto, Santoso, Nugroho, Setiawan, Wibowo, Raharjo, Susilo, Utomo, Kuncoro, Handoko,"
            "Purnomo, Waluyo, Cahyono, Sasongko, Widjanarko, Mulyono, Haryanto, Suryanto, Sutopo"
        ),
        women_more=_words(
            "Wahyuni, Wahyuningsih, Handayani, Lestari, Rahayu, Setyowati, Kusumawati, Hastuti, Widyastuti,"
            "Ningsih, Purwanti, Suryani, Hidayati, Utami, Kartikasari, Rejeki, Mulyati, Nuraini, Winarsih, Puji"
        ),
        lengths=(18, 60, 20, 2),
    ),
    Region(
        name="Minang",
        weight=12,
        men=_words(
            "Syafrizal, Refdi, Afdhal, Zulherman, Yusrizal, Afrizal, Novrizal, Hendrizal, Masrul, Rizki, Fauzan,"
            "Irwandi, Nofriadi, Ilyas, Syahrul, Efrizon, Dasril, Fakhri, Yendri, Rinaldi"
        ),
        women=_words(
            "Yulinar, Rahmi, Gusnita, Elvi, Yusmaniar, Fitriyeni, Welly, Desmawati, Rosnita, Nofrita, Zulfahmi,"
            "Azizah, Yenni, Silvia, Mutia, Hasnah, Ermawati, Murniati, Resti, Widya"
        ),
        men_more=_words("Fahmi, Rahman, Yandra, Putra, Hakim, Mahendra, Zaini, Anwar, Yahya, Darwis, Nasrul, Ikhsan"),
        women_more=_words("Fitri, Yanti, Hanum, Rahmah, Elfina, Zahara, Yuliza, Marni, Oktaviani, Nengsih, Aulia"),
        families=("", "", "", "", "", "Chaniago", "Piliang", "Koto", "Tanjung", "Sikumbang", "Jambak", "Guci"),
        lengths=(34, 52, 14),
    ),
    Region(
        name="Sunda",
        weight=7,
        men=_words(
            "Asep, Ujang, Cecep, Dadang, Dede, Encep, Iwan, Tatang, Wahyudin, Yayan, Aceng, Deden, Iman, Oman"
        ),
        women=_words("Euis, Neng, Imas, Iis, Ai, Enung, Nia, Titin, Cucu, Lilis, Teti, Yayah, Rosita, Ipah"),
        men_more=_words("Saepudin, Suryana, Hidayat, Kosasih, Permana, Gunawan, Sutisna, Rukmana, Mulyana, Herdiana"),
        women_more=_words(
            "Komariah, Siti, Rohaeni, Kurniasih, Sumiati, Nurhasanah, Kartini, Komalasari, Rosmiati, Yuningsih"
        ),
        lengths=(8, 62, 30),
    ),
    Region(
        name="Batak",
        weight=9,
        men=_words(
            "Parlindungan, Tumpal, Binsar, Jonner, Saut, Hotman, Marihot, Pangihutan, Rudi, Togar, Maruli, Daniel,"
            "Poltak, Sahat, Bonar, Haposan"
        ),
        women=_words(
            "Tiurma, Rotua, Lasmaria, Rosdiana, Nurmala, Hotmaida, Romauli, Debora, Sondang, Tiarma, Kristina,"
            "Marlina, Ruth, Duma, Elisabet, Berliana"
        ),
        men_more=_words("Martua, Pardomuan, Hasiholan, Manaek, Gabe, Mangapul, Agustinus, Ebenezer, Partogi"),
        women_more=_words("Juliana, Theresia, Maria, Yuni, Ernita, Christina, Novalina, Sri, Dameria"),
        families=_words(
            "Simanjuntak, Sihombing, Sinaga, Br. Sinaga, Siregar, Nainggolan, Panjaitan, Hutabarat, Br. Ginting,"
            "Tarigan, Sembiring, Manullang, Purba, Lumban Tobing, Sitompul, Pasaribu, Harahap, Aritonang"
        ),
        lengths=(60, 36, 4),
        has_haji=False,
    ),
    Region(
        name="Bali",
        weight=3,
        men=_words("I Wayan, I Made, I Nyoman, I Ketut, I Gede, I Putu, I Gusti Ngurah, Ida Bagus, I Dewa Gede"),
        women=_words("Ni Wayan, Ni Made, Ni Nyoman, Ni Ketut, Ni Luh Putu, Ni Kadek, I Gusti Ayu, Ida Ayu, Ni Luh"),
        men_more=_words("Sudiarta, Agung, Wirawan, Suardana, Arya, Widiana, Sukerta, Astawa, Mahendra, Artawan"),
        women_more=_words("Ayu, Sri, Wahyuni, Suartini, Trisnawati, Ratnadi, Widiastuti, Sukerti, Artini, Laksmi"),
        lengths=(0, 44, 38, 18),
        has_haji=False,
    ),
    Region(
        name="Bugis",
        weight=4,
        men=_words(
            "Andi Baso, Andi, Muh. Arsyad, Baharuddin, Ambo, Syamsuddin, Mappa, Abd. Rasyid, La Ode, Saharuddin"
        ),
        women=_words("Andi Tenri, Besse, Andi, Rosmini, Nurhaedah, Wa Ode, St. Aminah, Indo, Marwah, Hasnawiah"),
        men_more=_words("Mappatoba, Makmur, Parenrengi, Pallawa, Rauf, Ansar, Tahir, Mattalatta, Ilham, Amiruddin"),
        women_more=_words("Ola, Nurhayati, Tenriabeng, Fatmawati, Rahmatia, Mulia, Hasanah, Bau, Sompa, Ramlah"),
        lengths=(10, 60, 30),
    ),
    Region(
        name="Dayak",
        weight=2,
        men=_words("Yulius, Lambung, Donatus, Marselinus, Hironimus, Agustinus, Tarang, Silvanus"),
        women=_words("Silvana, Yustina, Lusia, Monika, Tuning, Emiliana, Dayang, Veronika"),
        men_more=_words("Ajang, Dehen, Balang, Ngau, Ungan, Kila"),
        women_more=_words("Pare, Bulan, Lenyah, Hunyang, Usun, Tipung"),
        families=_words("Ngo, Bilung, Tingang, Lawai, Nyahu, Jalung, Uluk, Awang"),
        lengths=(55, 45),
        has_haji=False,
    ),
    Region(
        name="Papua",
        weight=2,
        men=_words("Yohanes, Markus, Titus, Elias, Soleman, Frans, Obed, Melkias"),
        women=_words("Marthina, Yuliana, Dorkas, Orpa, Naomi, Salomina, Agustina, Mince"),
        men_more=_words("Yan, Boas, Ferdinand, Natan, Albert, Otto"),
        women_more=_words("Sarlota, Regina, Yosina, Mariana, Welmince, Debora"),
        families=_words("Wanggai, Kogoya, Rumbiak, Karubaba, Mambor, Yikwa, Sawaki, Kafiar, Wospakrik, Tabuni"),
        lengths=(62, 38),
        has_haji=False,
    ),
    Region(
        name="Maluku",
        weight=2,
        men=_words("Abdul Gani, Johanis, Semuel, Rusdi, Jopie, Usman, Benjamin, Husein"),
        women=_words("Farida, Yosefina, Rachel, Saleha, Meilany, Hadija, Grace, Jacomina"),
        men_more=_words("Petrus, Alberth, Yunus, Rais, Izaac"),
        women_more=_words("Fransina, Ona, Wilhelmina, Samsia, Novita"),
        families=_words("Latuconsina, Pattiasina, Tuasikal, Lekatompessy, Sahetapy, Wattimena, Pelupessy, Tehuayo"),
        lengths=(60, 40),
        has_haji=False,
    ),
    Region(
        name="Tionghoa",
        weight=2,
        men=_words("Tan Kian, Lie Sin, Hendra, Liem Tjong, Rudy, Kevin, Oei Hok, Stefanus"),
        women=_words("Lie Mei, Susanti, Tan Siok, Yulianti, Vivian, Ong Lan, Melinda, Fransiska"),
        men_more=_words("Seng, Liong, Hwat, Tjandra, Kurnia, An"),
        women_more=_words("Hwa, Nio, Lan, Ing, Cen, Hoa"),
        families=("", "", "Wijaya", "Halim", "Gunawan", "Tanuwijaya", "Salim", "Hartono"),
        lengths=(10, 90),
        has_haji=False,
    ),
    Region(
        name="Arab",
        weight=3,
        men=_words("Muhammad Fadhil, Salim, Abdul Qadir, Umar, Hasan, Ali Zainal, Ahmad Husein, Abdullah"),
        women=_words("Fatimah, Syarifah, Zainab, Khadijah, Aisyah, Ummu Kaltsum, Raudhah, Syifa"),
        men_more=_words("Idrus, Zaki, Abidin, Syakir, Thoha, Mukhsin, Nur'alam"),
        women_more=_words("Az-Zahra, Nur'aini, Muniroh, Salma, Fadhilah, Ruqayyah, Qur'ani"),
        families=_words("Assegaf, Al-Habsyi, Alatas, Bawazier, Baraja, Shahab, Al-Jufri, Bafadal, Basyaib"),
        lengths=(40, 48, 12),
    ),
    Region(
        name="Aceh",
        weight=2,
        men=_words("Teuku, Teuku Rizal, Said, M. Nasir, Muzakkir, Bukhari, Zulfan, Safrizal"),
        women=_words("Cut, Cut Intan, Nurbaiti, Ainal, Rahmawati, Mardhiah, Syarifah, Nurlaila"),
        men_more=_words("Fahmi, Azhari, Maulana, Fuadi, Ridwansyah, Johan, Hanafiah, Mahyuddin"),
        women_more=_words("Maulida, Mardhiah, Zuhra, Safira, Nazirah, Asmaul, Husna, Keumala"),
        lengths=(0, 66, 34),
    ),
    Region(
        name="Nias dan Minahasa",
        weight=2,
        men=_words("Fatolosa, Jefry, Yanuari, Noverius, Ronny, Sokhiaro, Stenly, Arozatulo"),
        women=_words("Yamina, Novita, Yuniria, Meity, Serlina, Deitje, Nibe'ati, Olvie"),
        men_more=_words("Berkat, Johnly, Darius, Petrus, Alfrets"),
        women_more=_words("Christin, Murniwati, Jeane, Lestari, Natalia"),
        families=_words("Zebua, Harefa, Mandagi, Rumambi, Telaumbanua, Waruwu, Lumentut, Wowor, Gulo, Tumbelaka"),
        lengths=(62, 38),
        has_haji=False,
    ),
    Region(
        name="Nusa Tenggara",
        weight=1,
        men=_words("Kristoforus, Lalu, Dominggus, Gregorius, Servasius, Petrus Kanisius, Yohanes Don Bosco"),
        women=_words("Yosefina, Maria Goreti, Elisabeth, Adriana, Maria Immaculata, Ursula, Bernadeta"),
        men_more=_words("Kia, Bere, Suban, Koten, Lado"),
        women_more=_words("Barek, Bere, Peni, Ose, Tuto"),
        families=_words("Tallo, Lado, Bria, Kleden, Wutun, Fernandez, Nahak, Lamanepa"),
        lengths=(40, 60),
        has_haji=False,
    ),
)

_DAUGHTER = "Br. "
"""Before the clan of a Batak woman (boru)."""
_WEIGHTS = tuple(region.weight for region in REGIONS)


def person_name(random: Random, sex: Sex) -> Name:
    """A name of one of the regions, drawn as often as the region is met in the regency."""
    region = random.choices(REGIONS, _WEIGHTS)[0]
    given, more = (region.men, region.men_more) if sex == "L" else (region.women, region.women_more)
    parts = random.choices(range(1, len(region.lengths) + 1), region.lengths)[0]
    first = random.choice(given)
    rest = random.sample([word for word in more if word not in first], parts - 1)
    family = random.choice(region.families) if region.families else ""
    if sex == "L":
        family = family.removeprefix(_DAUGHTER)
    return Name(" ".join(filter(None, [first, *rest, family])), sex, region)
