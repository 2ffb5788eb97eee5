"""Which sentences state a rule, pure: what is forbidden, free, due or punished.

The words are chosen so that rules are found and stories left alone. A strong word such as "dilarang" always counts; a
weak one such as "boleh" only in a list, or beside whom it binds; what people say in quotes only when both meet.
Questions and sentences about the lesson itself state no rule, unless they say "bahwa".
"""

import re

from elearn.content.checks.prose import Block, Kind, any_of, plain, sentences, unquoted

PLACE = re.compile(
    r"\b(?:Pasal|UU|PP|Perpu|Perpres|PKPU|SKB|SE(?: \w+)?|(?:Per|Kep)men\w*|Putusan MK) (?:Nomor |No\. ?)?\d"
)
STRONG = any_of(
    r"""
    (?:di|ter|me)larang, larangan\w*, (?:di)?perkenankan, dibenarkan, dikecualikan, pengecualian\w*, asas, syaratnya,
    (?:di|me)?wajib\w*, (?:di|meng)haruskan, mempunyai hak, berhak, hak pilih, berlaku (?:juga |pula )?(?:bagi|untuk),
    dijatuhi, dikenai, dikenakan, dihukum, dipecat, pemecatan, diberhentikan, pemberhentian, (?:ter|di)ancam,
    ancaman\w*, pidana, dipidana, kurungan, penjara, menjatuhkan (?:sanksi|hukuman), menguntungkan, merugikan,
    hari kerja, tenggat, hukuman(?:nya)? (?:disiplin|ringan|sedang|berat), disiplin (?:ringan|sedang|berat),
    paling (?:lambat|lama|banyak),
    sanksi(?:nya)? (?:moral|disiplin|administrati[fv]|pidana|bertingkat|ringan|sedang|berat|mulai|berupa|adalah),
    (?:melanggar|pelanggaran) (?:kode etik|disiplin|pidana|aturan), tidak (?:me)?perlu(?:kan)? (?:cuti|izin),
    (?:dipandang|dianggap) (?:sebagai )?(?:dukungan|pelanggaran|melanggar)
    """
)
WEAK = any_of(
    r"harus, mesti, (?:di|diper)?boleh(?:kan)?, diizinkan, hukuman\w*, kewajiban\w*, terikat, melanggar, pelanggaran"
)
BOUND = any_of(
    r"""
    C?PNS, ASN, PPPK, anda\w*, kita\w*, pegawai\w*, pejabat\w*, atasan\w*, bawahan\w*, honorer, tenaga, bupati, camat,
    lurah, kepala (?:daerah|desa|dinas), perangkat desa, pasangan calon, penerima, pemberi\w*
    """
)
HEADED = any_of("(?:di|ter)larang, larangan, (?:di|diper)?boleh(?:kan)?, wajib, kewajiban, sanksi, hukuman")
ABOUT_ITSELF = any_of("(?:pelajaran|modul|bagian) ini, pertanyaan")
THAT = any_of("bahwa")


def states_rule(block: Block) -> bool:
    """Whether a paragraph or list item tells what is forbidden, free, due or punished, or names an article."""
    if block.kind is Kind.HEADING:
        return False
    text = plain(block.text)
    return (
        bool(PLACE.search(text))
        or any(_binds(each, block.kind) for each in sentences(unquoted(text)) if not is_aside(each))
        or any(STRONG.search(each) and BOUND.search(each) for each in sentences(text) if not is_aside(each))
    )


def heads_rules(block: Block) -> bool:
    """Whether it is a heading whose lists are rules, such as "Yang dilarang" or "Tetap boleh"."""
    return block.kind is Kind.HEADING and bool(HEADED.search(plain(block.text)))


def is_aside(sentence: str) -> bool:
    """Whether a sentence asks, or speaks of the lesson itself."""
    is_open = sentence.rstrip(" ”)").endswith("?") or bool(ABOUT_ITSELF.search(sentence))
    return is_open and not THAT.search(sentence)


def _binds(sentence: str, kind: Kind) -> bool:
    if STRONG.search(sentence):
        return True
    return bool(WEAK.search(sentence)) and (kind is Kind.ITEM or bool(BOUND.search(sentence)))
