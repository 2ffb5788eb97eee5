"""Pages of assessment: what is allowed to whom, what learners report, rulings on questions, statistics."""

from elearn.assessment.views.blueprint import blueprint

__all__ = ["blueprint"]
