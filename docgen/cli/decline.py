"""`docgen decline`: names, posts, organisations and regions in any case."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any, cast

import click

from docgen.cli.lines import input_lines
from docgen.errors import LanguageError
from docgen.i18n import _
from docgen.language.declension import CASES, Case, Kind, approval_word, decline

APPROVAL = "approval_word"
KINDS = ("person", "post", "organisation", "region", "addressee", APPROVAL)


@click.command(
    help=_("Decline a text, or each line of standard input when TEXT is “-”."),
    epilog=_("Example: docgen decline --case accusative --kind person “Захаров С.П.”"),
)
@click.argument("text")
@click.option(
    "--case", type=click.Choice((*CASES, "agreement")), required=True, help=_("The case.")
)
@click.option("--kind", type=click.Choice(KINDS), required=True, help=_("What the text names."))
@click.option("--gender", type=click.Choice(("m", "f")), help=_("Gender of a person."))
@click.option("--json", "as_json", is_flag=True, help=_("Print a JSON object a line."))
def command(text: str, case: str, kind: str, gender: str | None, as_json: bool) -> None:
    """The entry of the command; exit code 1 when some form cannot be decided."""
    lines: Iterable[str] = input_lines() if text == "-" else (text,)
    undecided = False
    for line in lines:
        answer = _answer(line.strip(), case, kind, gender)
        undecided |= "error" in answer
        _show(answer, as_json=as_json)
    sys.exit(1 if undecided else 0)


def _answer(text: str, case: str, kind: str, gender: str | None) -> dict[str, Any]:
    """The form, or the code and message of why there is none."""
    try:
        return {"text": text, "form": _form(text, case, kind, gender)}
    except LanguageError as error:
        return {"text": text, "form": None, "error": error.code, "message": error.message}


def _form(text: str, case: str, kind: str, gender: str | None) -> str:
    if kind == APPROVAL:
        return approval_word(text)
    return decline(text, case=cast(Case, case), kind=cast(Kind, kind), gender=gender)


def _show(answer: dict[str, Any], *, as_json: bool) -> None:
    """The form on standard output; an undecided line stays empty there and is told beside it."""
    if as_json:
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        return
    sys.stdout.write(f"{answer['form'] or ''}\n")
    if "error" in answer:
        click.echo(answer["message"], err=True)
