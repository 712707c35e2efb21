"""`rightdoor dashboard`: make, list and change the accounts of the dashboard."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot import settings
from bot.dashboard import accounts, passwords
from bot.dashboard.accounts import ROLES, AccountError
from bot.dashboard.site import prepare
from bot.database.engine import engine
from bot.settings import SettingsError

Verb = Callable[[argparse.Namespace, Engine], None]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the command line."""
    part = commands.add_parser("dashboard", help="make and change accounts of the dashboard")
    verbs = part.add_subparsers(required=True, metavar="COMMAND")
    added = _add(verbs, "add-user", add_user, "make an account; asks for its password")
    added.add_argument("--role", choices=ROLES, required=True)
    about = "for whoever signs in by OpenID Connect only; NAME is the e-mail or user name there"
    added.add_argument("--no-password", action="store_true", help=about)
    _add(verbs, "list", show, "list all accounts", named=False)
    _add(verbs, "remove", remove, "remove an account and end its sessions")
    changed = _add(verbs, "set-role", set_role, "give an account another role")
    changed.add_argument("--role", choices=ROLES, required=True)
    about = "give an account another password, unlock it and end its sessions"
    _add(verbs, "set-password", set_password, about)
    _add(verbs, "unlock", unlock, "let an account sign in again at once")


def add_user(arguments: argparse.Namespace, reached: Engine) -> None:
    """Make an account."""
    if accounts.named(reached, arguments.name):
        raise AccountError(f"name: {arguments.name!r} has an account; allowed: a new name")
    password_hash = "" if arguments.no_password else passwords.hashed(_password())
    accounts.add(reached, arguments.name, arguments.role, password_hash)
    print(f"{accounts.plain(arguments.name)}: {arguments.role}.")


def show(arguments: argparse.Namespace, reached: Engine) -> None:
    """List all accounts."""
    for account in accounts.everyone(reached):
        by = "password" if account.password_hash else "OpenID Connect only"
        print(f"{account.name}\t{account.role}\t{by}")


def remove(arguments: argparse.Namespace, reached: Engine) -> None:
    """Remove an account."""
    accounts.remove(reached, arguments.name)
    print(f"{accounts.plain(arguments.name)}: removed.")


def set_role(arguments: argparse.Namespace, reached: Engine) -> None:
    """Change the role of an account."""
    accounts.set_role(reached, arguments.name, arguments.role)
    print(f"{accounts.plain(arguments.name)}: {arguments.role}.")


def set_password(arguments: argparse.Namespace, reached: Engine) -> None:
    """Change the password of an account."""
    if not accounts.named(reached, arguments.name):
        accounts.unlock(reached, arguments.name)  # says that there is no such account
    accounts.set_password(reached, arguments.name, passwords.hashed(_password()))
    print(f"{accounts.plain(arguments.name)}: new password. All its sessions have ended.")


def unlock(arguments: argparse.Namespace, reached: Engine) -> None:
    """Unlock an account."""
    accounts.unlock(reached, arguments.name)
    print(f"{accounts.plain(arguments.name)}: unlocked.")


def _add(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    verb: Verb,
    about: str,
    named: bool = True,
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=about)
    if named:
        parser.add_argument("name", metavar="NAME")
    parser.set_defaults(run=lambda arguments: _run(verb, arguments))
    return parser


def _run(verb: Verb, arguments: argparse.Namespace) -> int:
    try:
        reached = engine(settings.read().releases_url)
        prepare(reached)
        verb(arguments, reached)
    except (AccountError, SettingsError) as error:
        return _tell(str(error))
    except SQLAlchemyError:
        return _tell("RELEASES_URL: cannot be reached; allowed: a database that can be written to")
    return 0


def _password() -> str:
    """Return a password typed twice, or one line of the standard input."""
    if sys.stdin.isatty():
        given = getpass.getpass("Password: ")
        if getpass.getpass("The same again: ") != given:
            raise AccountError("password: the two differ; allowed: the same twice")
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    fault = passwords.fault(given)
    if fault:
        raise AccountError(fault)
    return given


def _tell(fault: str) -> int:
    print(fault, file=sys.stderr)
    return 1
