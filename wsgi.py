"""The door for WSGI servers: `waitress-serve wsgi:app`."""

from docgen.bootstrap import build_service, settings_in_force
from docgen.web import create_app

app = create_app(build_service(settings_in_force()))
