"""Pages that repeat what the code knows: `python -m tests.docs.pages [FOLDER]` writes them anew.

A page keeps what stands above its mark; everything below is made here. Help texts are worded
when a command's module is read, so English is spoken before any of them is.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from docgen.cli.root import root, speak
from docgen.models import (
    Annex,
    Appoint,
    Approve,
    Assign,
    Control,
    Form,
    Order,
    Person,
    Recommend,
)
from docgen.regions import Region, load_regions
from docgen.settings import PROFILES, SETTINGS

DOCS = Path(__file__).parents[2] / "docs"
MARK = "<!-- Made by `python -m tests.docs.pages`; edit above this line only. -->"
WIDTH = 96

SURNAME_FIRST = Person("Захаров С.П.", "проректор по оценке качества образования")
FORMS: tuple[Form, ...] = (
    Control(SURNAME_FIRST),
    Approve(0),
    Appoint("региональный координатор", Person("Филатова А.В.", "начальник отдела")),
    Assign("отдел общего образования", ("организовать мониторинг",)),
    Assign("отдел общего образования", ("организовать мониторинг", "представить отчёт")),
    Recommend("руководители органов местного самоуправления", ("оказать содействие школам",)),
)


def commands() -> Iterator[str]:
    """The help of every command, as a terminal of 96 columns shows it."""
    top = root("en")
    context = click.Context(top, info_name="docgen", terminal_width=WIDTH, **top.context_settings)
    for command in _walk(context):
        yield from (f"## {command.command_path}", "", "```text")
        yield from (line.rstrip() for line in command.get_help().splitlines())
        yield from ("```", "")


def _walk(context: click.Context) -> Iterator[click.Context]:
    yield context
    group = context.command
    if not isinstance(group, click.Group):
        return
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield from _walk(click.Context(command, parent=context, info_name=name))


def settings() -> Iterator[str]:
    """The table of settings."""
    yield from ("| variable | default | what it does |", "|---|---|---|")
    for row in SETTINGS:
        default = f"`{row.default}`" if row.default else "empty"
        yield f"| `{row.variable}` | {default} | {row.help} |"
    yield ""


def wording() -> Iterator[str]:
    """Every form as each built-in region words it; equal wordings stand together."""
    regions = load_regions(PROFILES, None)
    for form in FORMS:
        yield from (f"### {_title(form)}", "")
        worded: dict[str, list[str]] = {}
        for region in regions.values():
            worded.setdefault(_worded(region, form), []).append(region.code)
        for text, codes in worded.items():
            yield f"- {', '.join(codes)}: {text}"
        yield ""


def _title(form: Form) -> str:
    name = type(form).__name__.lower()
    return f"{name}, several tasks" if len(getattr(form, "tasks", ())) > 1 else name


def _worded(region: Region, form: Form) -> str:
    annex = Annex(title="План-график (дорожная карта) реализации проекта", sections=())
    order = Order(region=region.code, title="", preamble="", points=(), annexes=(annex,))
    point = region.word(order, form)
    return " / ".join((point.text, *(inner.text for inner in point.points)))


def index() -> Iterator[str]:
    """Every page with its first paragraph."""
    yield from ("| page | what stands there |", "|---|---|")
    for path in sorted(DOCS.glob("**/*.md")):
        if path.name != "README.md":
            title, summary = _opening(path.read_text(encoding="utf-8"))
            yield f"| [{title}]({path.relative_to(DOCS)}) | {summary} |"
    yield ""


def _opening(text: str) -> tuple[str, str]:
    """The title of a page, and the first sentence under it without links."""
    title, paragraph = re.match(r"# (.+)\n+([^\n]+(?:\n[^\n]+)*)", text, re.MULTILINE).groups()
    plain = re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", " ".join(paragraph.split())).strip("*")
    return title, re.split(r"(?<=[.:])\s", plain)[0].rstrip(":")


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "commands.md": commands,
    "settings.md": settings,
    "wording.md": wording,
    "README.md": index,
}


def page(name: str) -> str:
    """The page as the code has it now."""
    kept = (DOCS / name).read_text(encoding="utf-8").partition(MARK)[0]
    return "\n".join([kept + MARK, "", *PAGES[name]()])


def write(folder: Path) -> None:
    """Writes all pages into the folder."""
    speak("en")
    for name in PAGES:
        (folder / name).write_text(page(name), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS)
