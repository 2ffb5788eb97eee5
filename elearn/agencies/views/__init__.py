"""Pages of the civil service: the tree, its people, the roster import, and users with their roles."""

from elearn.agencies.views import people, rosters, tree, unit_names, users
from elearn.agencies.views.blueprint import blueprint

__all__ = ["blueprint", "people", "rosters", "tree", "unit_names", "users"]
