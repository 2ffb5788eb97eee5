"""The form of the learner's buttons."""

from elearn.core.fields import Form


class StepForm(Form):
    """A button that leads on: carries the protection against forgery and the sentence of a refusal."""
