"""Pages of directives: reading, writing, issuing and ending them; whom they bind, who is exempt; the public proof."""

from elearn.directives.views import exempting, life, pages, proof, reach, writing
from elearn.directives.views.blueprint import blueprint

__all__ = ["blueprint", "exempting", "life", "pages", "proof", "reach", "writing"]
