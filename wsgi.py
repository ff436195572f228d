"""The door for WSGI servers: `waitress-serve wsgi:app`."""

from docgen.web import create_app

app = create_app()
