"""What monitoring sees of each request: a log line and figures, by route and never by address."""

from __future__ import annotations

import logging
import os
import time
from collections import Counter as Counts
from collections.abc import Iterator
from threading import Lock

from flask import Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from structlog.contextvars import bind_contextvars, clear_contextvars

from docgen.bootstrap import Service
from docgen.convert import Stats
from docgen.services.jobs import SERVICE
from docgen.web import current

_log = logging.getLogger("docgen.web")
EXTENSION = "docgen_figures"
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where the processes of one service add up their figures; the library reads it when imported."""
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.5, 1, 1.5, 3, 10, 30)
_QUIET = frozenset({"static", "health.alive", "health.ready", "health.figures"})
"""Views that are asked all the time: they are logged only when something is wrong."""


class Figures:
    """The counters of one application."""

    def __init__(self, service: Service) -> None:
        own = CollectorRegistry()
        self.requests = Counter(
            "docgen_requests",
            "Requests answered, by method, route and status.",
            ("method", "route", "status"),
            registry=own,
        )
        self.seconds = Histogram(
            "docgen_request_seconds",
            "How long requests took, by route.",
            ("route",),
            buckets=_BUCKETS,
            registry=own,
        )
        self._conversions = Counter(
            "docgen_conversions",
            "Documents converted by the pages and the API.",
            ("outcome",),
            registry=own,
        )
        self._counted: Counts[str] = Counts()
        self._counting = Lock()
        self._told = CollectorRegistry()
        self._told.register(Jobs(service))
        if FOLDER in os.environ:
            MultiProcessCollector(self._told)  # type: ignore[no-untyped-call] # has no types
        else:
            self._told.register(own)

    def text(self) -> bytes:
        """The figures as Prometheus reads them."""
        return generate_latest(self._told)

    def note_conversions(self, stats: Stats | None) -> None:
        """Counts what the converter of this process has done since it was last noted."""
        if stats is None:
            return
        done = Counts({"done": stats.conversions, **stats.failures})
        with self._counting:
            new, self._counted = done - self._counted, done
        for outcome, count in new.items():
            self._conversions.labels(outcome).inc(count)


class Jobs(Collector):
    """What the table of jobs knows, looked up when asked."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def describe(self) -> Iterator[Metric]:
        """Nothing: figures come only when they are asked for."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Jobs by kind and state."""
        jobs = GaugeMetricFamily("docgen_jobs", "Jobs by kind and state.", labels=("kind", "state"))
        for (kind, state), count in self._service.jobs.counts(SERVICE).items():
            jobs.add_metric((kind, state), count)
        yield jobs


def install(app: Flask, service: Service) -> None:
    """Every request is logged and counted."""
    app.extensions[EXTENSION] = Figures(service)
    app.before_request_funcs.setdefault(None, []).insert(0, _begin)
    app.after_request(_end)


def figures_of(app: Flask) -> Figures:
    """The counters of this application."""
    figures: Figures = app.extensions[EXTENSION]
    return figures


def _begin() -> None:
    clear_contextvars()
    bind_contextvars(request=current.request_id())
    g.started = time.perf_counter()


def _end(response: Response) -> Response:
    figures = figures_of(current_app)
    seconds = time.perf_counter() - g.get("started", time.perf_counter())
    route = request.url_rule.rule if request.url_rule else "unknown"
    figures.requests.labels(request.method, route, str(response.status_code)).inc()
    figures.seconds.labels(route).observe(seconds)
    figures.note_conversions(current.service().documents.conversions())
    if request.endpoint not in _QUIET or response.status_code >= 500:
        what = {"method": request.method, "route": route, "status": response.status_code}
        _log.info("answered", extra=what | {"ms": round(seconds * 1000)})
    return response
