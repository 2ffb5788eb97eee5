"""Pages of the civil service: the tree, its people, the roster import, and users with their roles."""

from elearn.agencies.views import people, rosters, tree, users
from elearn.agencies.views.blueprint import blueprint

__all__ = ["blueprint", "people", "rosters", "tree", "users"]
