"""The door for WSGI servers: `gunicorn wsgi:app`, after `docgen db upgrade`."""

from docgen import logs
from docgen.bootstrap import build_service, settings_in_force
from docgen.store.schema import require_newest
from docgen.web import create_app

logs.configure()
service = build_service(settings_in_force())
require_newest(service.database)
app = create_app(service)
