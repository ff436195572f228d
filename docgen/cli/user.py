"""`docgen user`: accounts of the service, made and mended where the service stands."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from docgen.cli import options
from docgen.cli.outcome import print_json
from docgen.cli.progress import summary
from docgen.cli.wiring import open_service
from docgen.errors import NotFoundError
from docgen.i18n import _
from docgen.models.accounts import Role, Scope

SERVICE = Scope.of_service()


@click.group(help=_("Accounts of the service: add, list, set a password."))
def command() -> None:
    """The entry of the command."""


def _password() -> str:
    """The password typed twice, or the first line of what is piped in; never an argument."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    asked: str = click.prompt(
        _("Password"), hide_input=True, confirmation_prompt=_("Once more"), err=True
    )
    return asked


@command.command(
    "add",
    help=_("Make an account; the password is asked for, or read from standard input."),
    epilog=_('Example: docgen user add admin --role administrator --name "Ivanova Anna"'),
)
@click.argument("login", metavar=_("LOGIN"))
@click.option("--name", required=True, help=_("Surname, name, patronymic."))
@click.option(
    "--role",
    required=True,
    type=click.Choice([role.value for role in Role]),
    help=_("What the account is for."),
)
@click.option("--region", help=_("Code of the region; an administrator without one sees all."))
@click.option("--municipality", type=int, help=_("Number of a coordinator's municipality."))
def add(login: str, name: str, role: str, region: str | None, municipality: int | None) -> None:
    """A new account."""
    with open_service() as service:
        made = service.accounts.create(
            SERVICE, login, name, Role(role), region, municipality, _password()
        )
    click.echo(_("Made: %(login)s, number %(number)d.") % {"login": made.login, "number": made.id})


@command.command("list", help=_("List the accounts."))
@options.as_json
def list_accounts(as_json: bool) -> None:
    """All accounts."""
    with open_service() as service:
        accounts = service.accounts.list(SERVICE, page_size=100_000).rows
    if as_json:
        print_json([asdict(account) for account in accounts])
        return
    summary(
        (_("Login"), _("Name"), _("Role"), _("Region"), _("State")),
        [
            (
                a.login,
                a.name,
                a.role,
                a.region or "–",
                _("account open") if a.active else _("account closed"),
            )
            for a in accounts
        ],
    )


@command.command(
    "password",
    help=_("Set a new password, asked for or read from standard input; ends all sessions."),
    epilog=_("Example: docgen user password admin"),
)
@click.argument("login", metavar=_("LOGIN"))
def password(login: str) -> None:
    """The account with a new password, open to be tried again at once."""
    with open_service() as service:
        wanted = login.strip().casefold()
        found = service.accounts.list(SERVICE, search=wanted, page_size=100_000).rows
        account = next((each for each in found if each.login == wanted), None)
        if account is None:
            raise NotFoundError(_("No account has the login “%(login)s”.") % {"login": login})
        service.accounts.set_password(SERVICE, account.id, _password())
    click.echo(_("The password of %(login)s is set.") % {"login": account.login})
