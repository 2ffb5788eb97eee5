"""The WSGI application that a server loads: `granian --interface wsgi wsgi:app`."""

from elearn.app import create_app

app = create_app()
