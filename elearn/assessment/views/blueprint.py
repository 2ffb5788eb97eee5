"""Where the pages of assessment hang."""

from flask import Blueprint

blueprint = Blueprint("assessment", __name__)
