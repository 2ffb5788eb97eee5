"""The one blueprint on which all pages of this room hang."""

from flask import Blueprint

blueprint = Blueprint("agencies", __name__)
