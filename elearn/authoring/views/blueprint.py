"""The one blueprint on which all pages of this room hang."""

from flask import Blueprint

blueprint = Blueprint("authoring", __name__)
