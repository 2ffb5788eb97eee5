"""Pages of the authors: packs of content, questions of others, the graphs of stories, the law beneath it all."""

from elearn.authoring.views import law, packs, previews, questions, stories
from elearn.authoring.views.blueprint import blueprint

__all__ = ["blueprint", "law", "packs", "previews", "questions", "stories"]
