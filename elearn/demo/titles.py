"""Titles before and after a name, as schooling, age and pilgrimage give them."""

from random import Random

from elearn.demo.names import Name
from elearn.demo.posts import Profession

_ENGINEERS = ("S.T.", "S.P.", "S.Pt.", "S.Pi.")
"""Degrees whose elder holders bear Ir. in their place."""
_SCHOLARS = ("S.Sos.", "S.Pd.", "S.E.", "S.IP", "S.Pd.SD")
"""Degrees whose elder holders bear Drs. or Dra. in their place."""
_ISLAMIC = {"S.Ag.": "S.Pd.", "S.Pd.I": "S.Pd."}
_OLD_SCHOOL_AGE = 53
_HAJI_AGE = 42


def titles(random: Random, profession: Profession, name: Name, age: int) -> tuple[str, str]:
    """The titles before and after the name of somebody of that age; empty where there are none."""
    after = random.choice(profession.degrees)
    if not name.region.has_haji:
        after = _ISLAMIC.get(after, after)
    before = profession.before
    degree, _, further = after.partition(", ")
    if not before and age >= _OLD_SCHOOL_AGE and (degree in _ENGINEERS or random.random() < 0.4):
        before, after = _old_school(degree, further, after, name)
    elif further.startswith("M.") and random.random() < 0.05:
        before = "Dr."
    if name.region.has_haji and age >= _HAJI_AGE and random.random() < 0.13:
        before = f"{before} {'H.' if name.sex == 'L' else 'Hj.'}".strip()
    return before, after


def _old_school(degree: str, further: str, after: str, name: Name) -> tuple[str, str]:
    """The titles of before the degrees were renamed in 1993: Ir., Drs. and Dra."""
    if degree in _ENGINEERS:
        return "Ir.", further
    if degree in _SCHOLARS:
        return ("Drs." if name.sex == "L" else "Dra."), further
    return "", after
