"""The next step of the tables: `python -m tests.store.migration "Say what it does"`.

Compares the tables of the program with those the steps lead to, and writes the difference.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.script import Script, ScriptDirectory

from docgen.store import schema
from docgen.store.database import Database
from docgen.store.tables import Moment


def rendered(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A step stands by itself and suits both databases; False leaves a thing to Alembic."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    truth = str(getattr(item, "arg", ""))
    return f"sa.{truth}()" if kind == "server_default" and truth in ("true", "false") else False


def write(message: str) -> Path:
    """The module of the step."""
    config = schema._config()
    number = 1 + len(list(ScriptDirectory.from_config(config).walk_revisions()))
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/docgen.db")
        if number > 1:
            schema.upgrade(database)
        with database.begin() as connection:
            config.attributes["connection"] = connection
            config.attributes["options"] = {"render_item": rendered}
            step = command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
        database.close()
    assert isinstance(step, Script)
    path = Path(step.path)
    path.write_text(re.sub(r"^ +# ###.*\n", "", path.read_text("utf-8"), flags=re.M), "utf-8")
    return path


if __name__ == "__main__":
    print(write(sys.argv[1]))
