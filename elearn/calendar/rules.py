"""Working days and phases of elections, pure."""

from enum import StrEnum


class PhaseKind(StrEnum):
    """The phases that change what a civil servant's act means, in their order; values are the words people use."""

    BEFORE = "bakal-calon"
    DETERMINATION = "penetapan"
    CAMPAIGN = "kampanye"
    SILENCE = "masa-tenang"
    POLLING = "pemungutan-suara"
    AFTER = "sesudah"
