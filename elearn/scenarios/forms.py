"""The form of a scene; what may be chosen is drawn by the page and checked by the rules."""

from elearn.core.fields import Form


class ChoiceForm(Form):
    """The buttons of a scene: carries the protection against forgery and the sentence of a refusal."""
