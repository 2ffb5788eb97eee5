"""Pages of assessment: what is allowed to whom, what learners report, rulings on questions, statistics."""

from elearn.assessment.views import allowing, analysis, patterns, reporting, ruling
from elearn.assessment.views.blueprint import blueprint

__all__ = ["allowing", "analysis", "blueprint", "patterns", "reporting", "ruling"]
