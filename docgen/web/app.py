"""The Flask application: for now it only says that it is alive."""

from __future__ import annotations

from flask import Flask, Response, jsonify


def create_app() -> Flask:
    """A new application; `/healthz` answers while the process serves."""
    app = Flask("docgen")
    app.add_url_rule("/healthz", view_func=healthz)
    return app


def healthz() -> Response:
    """`{"status": "ok"}`, without touching anything."""
    return jsonify(status="ok")
