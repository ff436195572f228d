"""The root command: language, help, the list of commands, and how it all ends."""

from __future__ import annotations

import gc
import gettext
import os
import sys
from importlib import import_module
from pathlib import Path

import click

from docgen import __version__
from docgen.bootstrap import settings_in_force
from docgen.cli.outcome import exit_code, report_bug, show_error
from docgen.errors import DocgenError
from docgen.i18n import LANGUAGES, _, set_language

LOCALE = Path(__file__).parents[1] / "locale"
_OBJECTS_BETWEEN_COLLECTIONS = 20_000
"""Python's 700 are gone with every other import, and nothing is garbage by then."""

# Each command lives in a module of its own, read only when the command is called: a command
# line answers in the time its own imports take.
COMMANDS = {
    "amend": "docgen.cli.amend",
    "apply": "docgen.cli.apply",
    "backup": "docgen.cli.backup",
    "check": "docgen.cli.check",
    "convert": "docgen.cli.convert",
    "db": "docgen.cli.db",
    "decline": "docgen.cli.decline",
    "demo": "docgen.cli.demo",
    "diff": "docgen.cli.diff",
    "doctor": "docgen.cli.doctor",
    "federal": "docgen.cli.federal",
    "generate": "docgen.cli.generate",
    "import": "docgen.cli.importing",
    "new": "docgen.cli.new",
    "parse": "docgen.cli.parse",
    "region": "docgen.cli.region",
    "regions": "docgen.cli.regions",
    "report": "docgen.cli.report",
    "restore": "docgen.cli.restore",
    "serve": "docgen.cli.serve",
    "template": "docgen.cli.template",
    "user": "docgen.cli.user",
    "verify": "docgen.cli.verify",
    "worker": "docgen.cli.worker",
}


class Commands(click.Group):
    """The commands of `COMMANDS`; each module offers its command under the name `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in alphabetical order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, or None for a name that does not exist."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        return command


def speak(language: str) -> None:
    """From here on docgen and click speak `language`."""
    set_language(language)
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("docgen", LOCALE)
    gettext.textdomain("docgen")


def asked_language(arguments: list[str]) -> str | None:
    """The language that `--lang` asks for; help texts are made before click parses anything."""
    for argument, following in zip(arguments, [*arguments, ""][1:], strict=True):
        name, _equals, value = argument.partition("=")
        if name == "--lang" and (value or following) in LANGUAGES:
            return value or following
    return None


def root(language: str) -> click.Group:
    """The root command, in the language spoken now."""
    options = [
        click.Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            default=language,
            expose_value=False,
            help=_("Language of messages: ru or en."),
        ),
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            help=_("Show the version and exit."),
        ),
    ]
    return Commands(
        name="docgen",
        params=list[click.Parameter](options),
        help=_("Orders and roadmaps of regional education authorities, from data to DOCX and PDF."),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )


def _show_version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"docgen {__version__}")
        ctx.exit()


def main() -> None:
    """Runs the command line and leaves with its exit code (design.md section 4)."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        language = asked_language(sys.argv[1:]) or settings_in_force().lang
        speak(language)
        root(language).main(prog_name="docgen")
    except DocgenError as error:
        show_error(error)
        sys.exit(exit_code(error))
    except Exception as error:  # a bug: told to the user by its id, kept whole in a file
        report_bug(error)
        sys.exit(70)
