"""The forms of the quiz; what was chosen is checked against the paper by the rules, not here."""

from elearn.core.fields import Form


class DeedForm(Form):
    """A button, or a page whose fields the template draws itself: carries the protection against forgery."""
