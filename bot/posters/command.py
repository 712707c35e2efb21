"""`rightdoor poster`: posters with a QR code that opens the assistant."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot import settings
from bot.directory import pack
from bot.directory.model import Pack
from bot.posters import content
from bot.posters.content import Poster, TooLongError
from bot.words import languages

ALL = "all"
FORMATS = ("pdf", "svg")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    part = commands.add_parser("poster", help="make posters with a QR code that opens the bot")
    part.add_argument("--bot", metavar="BOTNAME", required=True, help="the bot's name on Telegram")
    about = f"{content.RESIDENTS}, {content.TEACHER}, routes, or {ALL}"
    part.add_argument(
        "--start", metavar="TOPIC", nargs="+", default=[content.RESIDENTS], help=about
    )
    part.add_argument("--language", metavar="CODE", nargs="+", default=[ALL], help=f"or {ALL}")
    part.add_argument("--city", metavar="CITY", help="a city pack; without it, RIGHTDOOR_CITY")
    part.add_argument("--format", choices=FORMATS, default=FORMATS[0])
    part.add_argument("--out", metavar="FOLDER", type=Path, default=Path())
    part.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write one file a poster and print its name; return 1 when something is wrong."""
    try:
        city = arguments.city or settings.read().city
        faults = list(_faults(arguments, city))
        if faults:
            return _tell(faults)
        return _write(arguments, pack.load(city))
    except (settings.SettingsError, pack.PackError, TooLongError) as error:
        return _tell([str(error)])
    except OSError as error:
        return _tell([f"--out: {error.strerror}; allowed: a folder that can be written to"])


def _faults(arguments: argparse.Namespace, city: str) -> Iterator[str]:
    if not content.is_bot_name(arguments.bot):
        allowed = "5 to 32 of A-Z, a-z, 0-9 and _, the last three letters bot, without @"
        yield f"--bot: {arguments.bot!r} is no name of a bot; allowed: {allowed}"
    if city not in settings.cities():
        yield f"--city: {city!r} is no city pack; allowed: {', '.join(settings.cities())}"
    known = {"--start": content.starts(), "--language": languages.supported()}
    given = {"--start": arguments.start, "--language": arguments.language}
    for option, values in given.items():
        for value in values:
            if value not in (*known[option], ALL):
                yield f"{option}: {value!r} is unknown; allowed: {', '.join((*known[option], ALL))}"


def _write(arguments: argparse.Namespace, city: Pack) -> int:
    arguments.out.mkdir(parents=True, exist_ok=True)
    for start in _chosen(arguments.start, content.starts()):
        for language in _chosen(arguments.language, languages.supported()):
            poster = content.compose(city, arguments.bot, start, language)
            name = f"rightdoor-{city.city.id}-{start}-{language}.{arguments.format}"
            (arguments.out / name).write_bytes(_bytes(poster, arguments.format))
            print(arguments.out / name)
    return 0


def _chosen(given: Sequence[str], known: Sequence[str]) -> Sequence[str]:
    return known if ALL in given else tuple(dict.fromkeys(given))


def _bytes(poster: Poster, form: str) -> bytes:
    # The libraries for pages take a second to load; the other commands do without them.
    from bot.posters import pdf, svg

    return pdf.pages([poster]) if form == "pdf" else svg.drawing(poster).encode()


def _tell(faults: Sequence[str]) -> int:
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"poster: {len(faults)} fault{'s' if len(faults) > 1 else ''}.", file=sys.stderr)
    return 1
