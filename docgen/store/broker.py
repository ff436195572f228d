"""Messages between machines, through Celery: each carries only the id of a job."""

from __future__ import annotations

from collections.abc import Callable

from celery import Celery, signals

TASK = "docgen.run"
QUEUE = "docgen"
_WORKER = (
    "worker",
    "--pool=threads",
    "--concurrency=1",
    "--loglevel=WARNING",
    "--without-gossip",
    "--without-mingle",
)


def make_app(broker: str) -> Celery:
    """The Celery application of docgen; a message is gone only when its work is over."""
    app = Celery("docgen", broker=broker)
    app.conf.update(
        task_default_queue=QUEUE,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        broker_connection_retry_on_startup=True,
        broker_transport_options={"socket_timeout": 5, "socket_connect_timeout": 5},
    )
    return app


def sender(broker: str) -> Callable[[int], None]:
    """What sends the id of a job; it raises when the broker cannot be reached in seconds."""
    app = make_app(broker)

    def send(job_id: int) -> None:
        app.send_task(TASK, (job_id,), retry=False)

    return send


def work(
    broker: str, name: str, run: Callable[[int], object], on_ending: Callable[[], None]
) -> None:
    """Calls `run` with each id that comes, one at a time, until SIGTERM or SIGINT.

    Celery hears the signals itself, tells `on_ending`, and waits for the work in hand.
    """
    app = make_app(broker)

    def perform(job_id: int) -> None:  # Celery wants a function with a name
        run(job_id)

    app.task(name=TASK)(perform)
    signals.worker_shutting_down.connect(lambda **_given: on_ending(), weak=False)
    app.worker_main([*_WORKER, f"--hostname={name}"])
