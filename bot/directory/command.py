"""`rightdoor directory`: check, exchange, compare and look after the directory of a city."""

from __future__ import annotations

import argparse

from bot.directory.commands import check, diff, due, exchange, why


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the directory's commands to the command line."""
    about = "check, exchange and look after a directory of services"
    directory = commands.add_parser("directory", help=about)
    verbs = directory.add_subparsers(required=True, metavar="COMMAND")
    for part in (check, exchange, diff, why, due):
        part.add_to(verbs)
