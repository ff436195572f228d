"""What monitoring sees of each request: a log line and figures, by route and never by address."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator

from flask import Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from structlog.contextvars import bind_contextvars, clear_contextvars

from docgen.bootstrap import Service
from docgen.services.jobs import SERVICE
from docgen.web import current

_log = logging.getLogger("docgen.web")
EXTENSION = "docgen_figures"
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.5, 1, 1.5, 3, 10, 30)
_QUIET = frozenset({"static", "health.alive", "health.ready", "health.figures"})
"""Views that are asked all the time: they are logged only when something is wrong."""


class Figures:
    """The counters of one application."""

    def __init__(self, service: Service) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "docgen_requests",
            "Requests answered, by method, route and status.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self.seconds = Histogram(
            "docgen_request_seconds",
            "How long requests took, by route.",
            ("route",),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._registry.register(Work(service))

    def text(self) -> bytes:
        """The figures as Prometheus reads them."""
        return generate_latest(self._registry)


class Work(Collector):
    """What the table of jobs and the converter of this process know, looked up when asked."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def describe(self) -> Iterator[Metric]:
        """Nothing: figures come only when they are asked for."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Jobs by kind and state, then conversions."""
        jobs = GaugeMetricFamily("docgen_jobs", "Jobs by kind and state.", labels=("kind", "state"))
        for (kind, state), count in self._service.jobs.counts(SERVICE).items():
            jobs.add_metric((kind, state), count)
        yield jobs
        yield from self._conversions()

    def _conversions(self) -> Iterator[Metric]:
        stats = self._service.documents.conversions()
        done = CounterMetricFamily(
            "docgen_conversions", "Documents converted in this process.", labels=("outcome",)
        )
        if stats is not None:
            done.add_metric(("done",), stats.conversions)
            for code, count in stats.failures.items():
                done.add_metric((code,), count)
        yield done


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
    if request.endpoint not in _QUIET or response.status_code >= 500:
        what = {"method": request.method, "route": route, "status": response.status_code}
        _log.info("answered", extra=what | {"ms": round(seconds * 1000)})
    return response
