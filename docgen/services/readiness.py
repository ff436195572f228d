"""Whether the service can do its work now, part by part."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from docgen.errors import DocgenError, UnavailableError
from docgen.i18n import _
from docgen.services.jobs import CANARY, SERVICE, Jobs
from docgen.store import schema
from docgen.store.database import Database
from docgen.store.files import Contents

_log = logging.getLogger(__name__)
FREE_MEGABYTES = 200


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the service: whether it is fine, and what is known of it.

    One that is `awaited` has not shown yet whether it is fine, and nothing speaks against it.
    """

    name: str
    fine: bool
    state: str
    awaited: bool = False


class Readiness:
    """Looks at the parts; a canary not older than `canary_minutes` proves the conversion."""

    def __init__(
        self, database: Database, files: Contents, jobs: Jobs, home: Path, canary_minutes: int
    ) -> None:
        self._database = database
        self._files = files
        self._jobs = jobs
        self._home = home
        self._patience = timedelta(minutes=canary_minutes)

    def parts(self) -> list[Part]:
        """Every part, in the order in which faults should be mended."""
        return [self._tables(), self._stored(), self._disk(), *self._conversion()]

    def _tables(self) -> Part:
        try:
            schema.require_newest(self._database)
        except DocgenError as error:
            return Part("database", False, error.message)
        except Exception:  # whatever the driver raises, the database does not answer
            _log.warning("the database does not answer", exc_info=True)
            return Part("database", False, _("The database does not answer."))
        return Part("database", True, _("answers"))

    def _stored(self) -> Part:
        try:
            self._files.require_reachable()
        except UnavailableError as error:
            return Part("files", False, error.message)
        return Part("files", True, _("can be read and written"))

    def _disk(self) -> Part:
        free = shutil.disk_usage(self._home).free // 2**20
        return Part("disk", free > FREE_MEGABYTES, _("%(free)d MB free") % {"free": free})

    def _conversion(self) -> Iterator[Part]:
        if not self._patience:
            return
        try:
            age = self._jobs.canary_age()
            yield self._first_conversion() if age is None else self._conversion_of(age)
        except Exception:  # told of as the database's own part already
            yield Part("conversion", False, _("no test conversion has succeeded yet"))

    def _conversion_of(self, age: timedelta) -> Part:
        """By how long ago the last one succeeded."""
        minutes = int(age.total_seconds() // 60)
        state = (
            _("the last test conversion was %(minutes)d minutes ago") % {"minutes": minutes}
            if minutes
            else _("the last test conversion was less than a minute ago")
        )
        return Part("conversion", age <= self._patience, state)

    def _first_conversion(self) -> Part:
        """Awaited, unless a try has failed or waits for longer than it may."""
        tries = self._jobs.list(SERVICE, kind=CANARY, page_size=50).rows
        since = datetime.now(UTC) - self._patience
        if any(job.state.final or job.created_at < since for job in tries):
            return Part("conversion", False, _("no test conversion has succeeded yet"))
        return Part("conversion", False, _("the first test conversion is still to come"), True)
