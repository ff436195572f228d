"""The door for WSGI servers: `gunicorn wsgi:app`, after `docgen db upgrade`."""

from docgen import logs
from docgen.bootstrap import build_service, settings_in_force
from docgen.web import create_app

logs.configure()
app = create_app(build_service(settings_in_force()))
