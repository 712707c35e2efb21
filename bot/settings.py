"""The settings: every environment variable Right Door reads, in one table, read once at start."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent
CITIES = ROOT / "data" / "cities"
DATABASES = ("sqlite", "postgresql", "postgresql+psycopg2")
PORTS = ("RASA_PORT", "ACTIONS_PORT", "DASHBOARD_PORT")
OIDC = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
SHORTEST_SECRET = 32
LOOPBACK = ("127.0.0.1", "localhost", "::1")
# To read an address, its library takes 10 MB and 0.25 s of every process: not for such a file.
PLAIN_FILE = re.compile(r"sqlite:///([\w./-]+)", re.ASCII)
# Whoever asks a server lets go of a connection that was idle for 15 s (aiohttp); were the server
# first, a question could meet a closed door.
KEEP_ALIVE_SECONDS = 60
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class SettingsError(ValueError):
    """One or more environment variables hold something Right Door can't use."""


class Setting(NamedTuple):
    """One environment variable: its name, its default and what it means."""

    name: str
    default: str
    meaning: str


TABLE = (
    Setting(
        "TELEGRAM_BOT_TOKEN",
        "",
        "the bot's token from @BotFather; without it, `make run` talks in the terminal",
    ),
    Setting(
        "TELEGRAM_API_BASE",
        "https://api.telegram.org",
        "address of the Bot API server, for a self-hosted one",
    ),
    Setting(
        "TELEGRAM_RATE",
        "30",
        "messages a second that Telegram takes from the bot: 1 to 1000",
    ),
    Setting("RIGHTDOOR_CITY", "brussels", "the city pack to serve: a folder of `data/cities/`"),
    Setting(
        "DATABASE_URL",
        "sqlite:///rightdoor.sqlite3",
        "where the demand counters are kept (SQLAlchemy URL)",
    ),
    Setting(
        "RELEASES_URL",
        "sqlite:///releases.sqlite3",
        "where releases, accounts and notes are kept (SQLAlchemy URL)",
    ),
    Setting(
        "REDIS_URL",
        "",
        "a Redis that writes no disk, for several programs side by side; "
        "without it, conversations live in each program's own memory",
    ),
    Setting("DASHBOARD_PORT", "8050", "loopback port of the dashboard"),
    Setting(
        "DASHBOARD_SECRET",
        "",
        "what signs the dashboard's cookies, 32 characters or more; "
        "without it, sessions end with the process",
    ),
    Setting("OIDC_ISSUER", "", "address of the city's own sign-in (OpenID Connect), if it has one"),
    Setting("OIDC_CLIENT_ID", "", "the dashboard's name at that sign-in"),
    Setting("OIDC_CLIENT_SECRET", "", "the dashboard's secret at that sign-in"),
    Setting(
        "RELEASE_EPSILON",
        "1",
        "most that one conversation-day can tell in a weekly release: above 0, at most 1",
    ),
    Setting(
        "RAW_WEEKS",
        "5",
        "after how many weeks counters are deleted whose release is made: 1 to 52",
    ),
    Setting(
        "OTHER_CITIES",
        "other-cities",
        "folder with the open-data packages of other cities, for the dashboard",
    ),
    Setting(
        "INCIDENT_FILE",
        "incident.yml",
        "what `rightdoor incident` has switched on; a name that begins with `drill` is for drills",
    ),
    Setting("RASA_PORT", "5005", "loopback port of the Rasa server"),
    Setting("ACTIONS_PORT", "5055", "loopback port of the action server"),
    Setting("LOG_LEVEL", "WARNING", "least severe log record shown: DEBUG, INFO, WARNING or ERROR"),
)


@dataclass(frozen=True)
class Settings:
    """The settings of this process. Ports are TCP ports on 127.0.0.1."""

    telegram_bot_token: str
    telegram_api_base: str
    telegram_rate: int
    city: str
    database_url: str
    releases_url: str
    redis_url: str
    dashboard_port: int
    dashboard_secret: str
    oidc_issuer: str
    oidc_client_id: str
    oidc_client_secret: str
    release_epsilon: float
    raw_weeks: int
    other_cities: Path
    incident_file: Path
    rasa_port: int
    actions_port: int
    log_level: str

    @property
    def rasa_url(self) -> str:
        """Return the address of Rasa's REST channel."""
        return self.rasa_url_of(self.rasa_port)

    @staticmethod
    def rasa_url_of(port: int) -> str:
        """Return the address of the REST channel of a Rasa server on a loopback port."""
        return f"http://127.0.0.1:{port}/webhooks/rest/webhook"

    @property
    def channel(self) -> str:
        """Return the channel people write on: telegram or terminal."""
        return "telegram" if self.telegram_bot_token else "terminal"


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings in `environment`; raise SettingsError naming every fault at once."""
    given = os.environ if environment is None else environment
    value = {setting.name: given.get(setting.name) or setting.default for setting in TABLE}
    faults = _faults(value)
    if faults:
        raise SettingsError("\n".join(faults))
    return Settings(
        telegram_bot_token=value["TELEGRAM_BOT_TOKEN"].strip(),
        telegram_api_base=value["TELEGRAM_API_BASE"].rstrip("/"),
        telegram_rate=int(value["TELEGRAM_RATE"]),
        city=value["RIGHTDOOR_CITY"],
        database_url=value["DATABASE_URL"],
        releases_url=value["RELEASES_URL"],
        redis_url=value["REDIS_URL"].strip(),
        dashboard_port=int(value["DASHBOARD_PORT"]),
        dashboard_secret=value["DASHBOARD_SECRET"],
        oidc_issuer=value["OIDC_ISSUER"].rstrip("/"),
        oidc_client_id=value["OIDC_CLIENT_ID"],
        oidc_client_secret=value["OIDC_CLIENT_SECRET"],
        release_epsilon=float(value["RELEASE_EPSILON"]),
        raw_weeks=int(value["RAW_WEEKS"]),
        # A path that is not whole begins at the project's folder.
        other_cities=ROOT / value["OTHER_CITIES"],
        incident_file=ROOT / value["INCIDENT_FILE"],
        rasa_port=int(value["RASA_PORT"]),
        actions_port=int(value["ACTIONS_PORT"]),
        log_level=value["LOG_LEVEL"].upper(),
    )


def cities() -> list[str]:
    """Return the names of the city packs that are there."""
    return sorted(path.parent.name for path in CITIES.glob("*/city.yml"))


def _faults(value: dict[str, str]) -> list[str]:
    faults = [_port_fault(name, value[name]) for name in PORTS]
    for one, other in combinations(PORTS, 2):
        if value[one].lstrip("0") == value[other].lstrip("0"):
            faults.append(f"{one} and {other}: both are the same; give two different ports")
    if value["RIGHTDOOR_CITY"] not in cities():
        faults.append(f"RIGHTDOOR_CITY: no such city pack; allowed: {', '.join(cities())}")
    if value["LOG_LEVEL"].upper() not in LOG_LEVELS:
        faults.append(f"LOG_LEVEL: unknown level; allowed: {', '.join(LOG_LEVELS)}")
    faults.append(_address_fault("TELEGRAM_API_BASE", value["TELEGRAM_API_BASE"]))
    faults.append(_rate_fault(value["TELEGRAM_RATE"]))
    faults += [_database_fault(name, value[name]) for name in ("DATABASE_URL", "RELEASES_URL")]
    faults.append(_redis_fault(value["REDIS_URL"].strip()))
    faults += [_same_file_fault(value), _secret_fault(value["DASHBOARD_SECRET"])]
    faults += _sign_in_faults(value)
    faults += [_epsilon_fault(value["RELEASE_EPSILON"]), _weeks_fault(value["RAW_WEEKS"])]
    faults.append(_folder_fault(value["OTHER_CITIES"]))
    faults.append(_incident_fault(value["INCIDENT_FILE"]))
    faults.append(_token_fault(value["TELEGRAM_BOT_TOKEN"].strip()))
    return [fault for fault in faults if fault]


def _port_fault(name: str, given: str) -> str:
    if given.isdecimal() and 0 < int(given) < 65536:
        return ""
    return f"{name}: {given!r} is no port; allowed: a whole number from 1 to 65535"


def _address_fault(name: str, given: str) -> str:
    with suppress(ValueError):
        parts = urlsplit(given)
        if parts.scheme in ("http", "https") and parts.netloc:
            return ""
    return f"{name}: no web address; allowed: http://HOST or https://HOST"


def _rate_fault(given: str) -> str:
    if re.fullmatch(r"[1-9]\d{0,2}|1000", given, re.ASCII):
        return ""
    return f"TELEGRAM_RATE: {given!r} does not fit; allowed: a whole number from 1 to 1000"


def _incident_fault(given: str) -> str:
    path = ROOT / given
    if path.suffix == ".yml" and path.parent.is_dir() and not path.is_dir():
        return ""
    return f"INCIDENT_FILE: {given!r} does not fit; allowed: FILE.yml in a folder that is there"


def _folder_fault(given: str) -> str:
    # One that is not there yet is no fault: no city has sent anything.
    if (ROOT / given).is_dir() or not (ROOT / given).exists():
        return ""
    return f"OTHER_CITIES: {given!r} does not fit; allowed: a folder"


def _epsilon_fault(given: str) -> str:
    if re.fullmatch(r"1(\.0+)?|0?\.\d*[1-9]\d*", given, re.ASCII):
        return ""
    return f"RELEASE_EPSILON: {given!r} does not fit; allowed: a number above 0, at most 1"


def _weeks_fault(given: str) -> str:
    if re.fullmatch(r"[1-9]\d?", given, re.ASCII) and int(given) <= 52:
        return ""
    return f"RAW_WEEKS: {given!r} does not fit; allowed: a whole number from 1 to 52"


# A database address and a token may be secrets: faults in them are named without their value.
def _database_fault(name: str, given: str) -> str:
    if PLAIN_FILE.fullmatch(given):
        return ""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        driver = make_url(given).drivername
    except (ArgumentError, ValueError):
        return f"{name}: cannot be read; allowed: sqlite:///FILE or postgresql://USER@HOST/NAME"
    if driver in DATABASES:
        return ""
    return f"{name}: unknown database {driver!r}; allowed: {', '.join(DATABASES)}"


def _redis_fault(given: str) -> str:
    if not given:
        return ""
    try:
        parts = urlsplit(given)
        place, _ = parts.hostname, parts.port
    except ValueError:
        place, parts = None, urlsplit("")
    # What stands there leads from a chat to its conversation: it goes in the clear to nobody.
    is_near = parts.scheme == "redis" and place in LOOPBACK
    is_file = parts.scheme == "unix" and parts.path.startswith("/")
    if is_near or is_file or (parts.scheme == "rediss" and place):
        return ""
    return (
        "REDIS_URL: not protected, or no address; allowed: rediss://HOST, unix:///SOCKET,"
        " or redis:// on this machine (127.0.0.1)"
    )


def _same_file_fault(value: dict[str, str]) -> str:
    """Name one file for both: whoever may read a file reads all of it, raw counters too."""
    files = {_file(value["DATABASE_URL"]), _file(value["RELEASES_URL"])}
    if len(files) > 1 or files == {None}:
        return ""
    return "RELEASES_URL: this is the file of the raw counters; allowed: another file"


def _file(given: str) -> Path | None:
    """Return the file of a SQLite address; None for any other."""
    plain = PLAIN_FILE.fullmatch(given)
    if plain:
        return Path(plain[1]).resolve()
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    with suppress(ArgumentError, ValueError):
        url = make_url(given)
        if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
            return Path(url.database).resolve()
    return None


def _secret_fault(given: str) -> str:
    if not given or len(given) >= SHORTEST_SECRET:
        return ""
    return f"DASHBOARD_SECRET: too short; allowed: {SHORTEST_SECRET} characters or more"


def _sign_in_faults(value: dict[str, str]) -> list[str]:
    """Name what is missing of OpenID Connect: it is set up whole, or not at all."""
    given = [name for name in OIDC if value[name]]
    missing = [name for name in OIDC if given and not value[name]]
    faults = [f"{name}: missing beside {given[0]}; allowed: all three, or none" for name in missing]
    if value["OIDC_ISSUER"]:
        faults.append(_issuer_fault(value["OIDC_ISSUER"]))
    return faults


def _issuer_fault(given: str) -> str:
    fault = _address_fault("OIDC_ISSUER", given)
    # What is sent there opens the dashboard: it goes in the clear to this machine only.
    if fault or given.startswith("https://") or urlsplit(given).hostname in LOOPBACK:
        return fault
    return "OIDC_ISSUER: not protected; allowed: https://HOST"


def _token_fault(given: str) -> str:
    if not given or re.fullmatch(r"\d+:[\w-]+", given, re.ASCII):
        return ""
    return (
        "TELEGRAM_BOT_TOKEN: this is no bot token; copy it whole from @BotFather (digits:letters)"
    )
