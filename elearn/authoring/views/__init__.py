"""Pages of the authors: packs of content, the graphs of stories, the law the curriculum rests on."""

from elearn.authoring.views import law, packs, previews, stories
from elearn.authoring.views.blueprint import blueprint

__all__ = ["blueprint", "law", "packs", "previews", "stories"]
