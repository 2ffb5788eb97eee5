"""Pages of the civil service: the tree, its people, the roster import, and users with their roles."""

from elearn.agencies.views import absences, people, reorganising, rosters, slips, tree, unit_names, users
from elearn.agencies.views.blueprint import blueprint

__all__ = ["absences", "blueprint", "people", "reorganising", "rosters", "slips", "tree", "unit_names", "users"]
