"""The web door."""

from docgen.web.app import create_app

__all__ = ["create_app"]
