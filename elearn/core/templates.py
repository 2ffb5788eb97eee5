"""How Jinja finds what every template knows."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment


class Templates(Environment):
    """Templates that share one table of globals, for none has any of its own.

    Jinja joins two tables for each, and looks through both, word by word, at every page and every macro it imports.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template."""
        return super().make_globals(d) if d else self.globals
