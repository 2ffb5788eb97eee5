"""The WSGI application that a server loads: `granian --interface wsgi wsgi:app`."""

import gc

from elearn.app import create_app

app = create_app()
gc.freeze()
"""What the start has made lives as long as the process: no collection walks through it in the middle of a request."""
gc.set_threshold(10_000, 10, 10)
"""A report makes a hundred thousand things that all stay until it is done; to look for garbage among them more often
takes a tenth of its time and finds none."""
