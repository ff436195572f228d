"""`docgen serve --demo` as a newcomer starts it, on a free port and in a folder of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.bootstrap import build_service, settings_in_force
from docgen.models.accounts import Scope


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo service: its address and the passwords it printed, by login."""

    url: str
    home: Path
    passwords: dict[str, str]

    def token(self, login: str) -> str:
        """A token for programs, as the page “My account” makes it."""
        database = f"sqlite:///{self.home / 'docgen.db'}"
        service = build_service(replace(settings_in_force(), home=self.home, database=database))
        try:
            found = service.accounts.list(Scope.of_service(), search=login).rows
            (account,) = (each for each in found if each.login == login)
            return service.accounts.issue_token(Scope.of(account), "guide", 30)[1]
        finally:
            service.close()


@contextmanager
def demo(home: Path) -> Iterator[Demo]:
    """The service while the block runs; it is told to end afterwards."""
    environment = os.environ | {"DOCGEN_HOME": str(home), "DOCGEN_LANG": "ru"}
    environment["DOCGEN_DATABASE"] = f"sqlite:///{home / 'docgen.db'}"
    command = [sys.executable, "-m", "docgen", "serve", "--demo", "--port", "0"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://[^ ]+:\d+", process.stdout.readline())
            assert found is not None
            guests = json.loads((home / "demo-users.json").read_text("utf-8"))
            passwords = {guest["login"]: guest["password"] for guest in guests}
            yield Demo(found.group(0), home, passwords)
        finally:
            process.terminate()
