"""The days on which the whole country rests: public holidays and collective leave (cuti bersama); pure."""

from collections.abc import Mapping
from datetime import date
from functools import cache

CATEGORIES = ("public", "government")


@cache
def holidays_of(year: int) -> Mapping[date, str]:
    """The national holidays and collective leave of a year, by day, with their names.

    From the `holidays` library, which follows the joint decree (SKB) of the ministers; years without a decree yet
    hold the library's forecast, and what differs is entered by the regency. Loaded when first asked for.
    """
    from holidays import country_holidays

    found = country_holidays("ID", years=year, categories=CATEGORIES, language="id")
    return {day: name for day, name in sorted(found.items()) if day.year == year}
