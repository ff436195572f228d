"""Options that several commands share, so that they look and read the same everywhere."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from docgen.errors import InputError
from docgen.i18n import _

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

as_json = click.option("--json", "as_json", is_flag=True, help=_("Print the result as JSON."))
formats = click.option(
    "--format",
    "formats",
    default=None,
    help=_("What to make, separated by commas: docx, pdf, xlsx, json. Default: docx,pdf."),
)


class Target(click.Path):
    """A file or folder to be made; “-” is refused, for it would be made under that name."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(path_type=Path, **attributes)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        """The path; click tells who names the standard output."""
        if os.fspath(value) == "-":
            self.fail(_("nothing is written to standard output: name a file or folder"), param, ctx)
        return super().convert(value, param, ctx)


def into_folder(**attributes: Any) -> Decorator:
    """The option `-o` for the folder that documents go to."""
    return click.option(
        "-o",
        "--output",
        type=Target(file_okay=False),
        help=_("Folder for the documents; made when absent."),
        **attributes,
    )


def listed(text: str) -> tuple[str, ...]:
    """The words of a list separated by commas."""
    return tuple(part.strip().lower() for part in text.split(",") if part.strip())


def chosen_formats(text: str | None, known: Sequence[str]) -> tuple[str, ...]:
    """The formats in a list separated by commas, DOCX and PDF by default; InputError for others."""
    chosen = listed("docx,pdf" if text is None else text)
    if not chosen:
        raise InputError(_("No format is named; known: %(known)s.") % {"known": ", ".join(known)})
    for name in chosen:
        if name not in known:
            message = _("Unknown format “%(name)s”; known: %(known)s.")
            raise InputError(message % {"name": name, "known": ", ".join(known)})
    return chosen


def refuse_equal_names(files: Sequence[Path]) -> None:
    """InputError when two sources would write the same documents."""
    for stem, times in Counter(path.stem for path in files).items():
        if times > 1:
            raise InputError(
                _("Several files are named “%(stem)s”: one would overwrite the other.")
                % {"stem": stem}
            )
