"""The settings: every variable is documented, every fault is named at once, no secret is quoted."""

from __future__ import annotations

import re

import pytest

from bot import settings
from bot.settings import ROOT, SettingsError

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
NAMES = [setting.name for setting in settings.TABLE]


def faults(**environment: str) -> list[str]:
    with pytest.raises(SettingsError) as raised:
        settings.read(environment)
    return str(raised.value).split("\n")


def readme_table() -> dict[str, str]:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    begin = lines.index("| variable | default | meaning |") + 2
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[begin:]]
    length = next(n for n, line in enumerate(lines[begin:]) if not line.startswith("|"))
    return {row[0]: row[1] for row in cells[:length]}


def test_without_any_variable_right_door_talks_in_the_terminal_about_brussels():
    given = settings.read({})
    assert given.channel == "terminal"
    assert given.city == "brussels"
    assert given.database_url == "sqlite:///rightdoor.sqlite3"
    assert given.rasa_url == "http://127.0.0.1:5005/webhooks/rest/webhook"
    assert (given.rasa_port, given.actions_port, given.log_level) == (5005, 5055, "WARNING")
    assert given.telegram_api_base == "https://api.telegram.org"


def test_with_a_token_it_serves_telegram():
    given = settings.read({"TELEGRAM_BOT_TOKEN": f" {TOKEN}\n"})
    assert given.channel == "telegram"
    assert given.telegram_bot_token == TOKEN


def test_every_variable_takes_effect():
    wanted = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE": "http://127.0.0.1:8081/",
        "TELEGRAM_RATE": "300",
        "RIGHTDOOR_CITY": settings.cities()[0],
        "DATABASE_URL": "postgresql://rightdoor@localhost/demand",
        "RELEASES_URL": "postgresql://dashboard@localhost/demand",
        "REDIS_URL": "rediss://me:hunter2@redis.example.org/1",
        "DASHBOARD_PORT": "8051",
        "DASHBOARD_SECRET": "0123456789abcdef0123456789abcdef",
        "OIDC_ISSUER": "https://login.example.org/city/",
        "OIDC_CLIENT_ID": "rightdoor",
        "OIDC_CLIENT_SECRET": "hunter2",
        "RELEASE_EPSILON": "0.5",
        "RAW_WEEKS": "8",
        "OTHER_CITIES": "neighbours",
        "INCIDENT_FILE": "drill.yml",
        "RASA_PORT": "6005",
        "ACTIONS_PORT": "6055",
        "LOG_LEVEL": "info",
    }
    assert list(wanted) == NAMES
    assert list(vars(settings.read(wanted)).values()) == [
        *(TOKEN, "http://127.0.0.1:8081", 300, wanted["RIGHTDOOR_CITY"], wanted["DATABASE_URL"]),
        *(wanted["RELEASES_URL"], wanted["REDIS_URL"], 8051, wanted["DASHBOARD_SECRET"]),
        *("https://login.example.org/city", "rightdoor", "hunter2"),
        *(0.5, 8, ROOT / "neighbours"),
        *(ROOT / "drill.yml", 6005, 6055, "INFO"),
    ]


def test_an_empty_variable_is_as_good_as_none():
    assert settings.read(dict.fromkeys(NAMES, "")) == settings.read({})


def test_the_environment_of_the_process_is_read(monkeypatch):
    monkeypatch.setenv("RASA_PORT", "6005")
    assert settings.read().rasa_port == 6005


def test_all_faults_are_named_at_once_with_what_is_allowed():
    named = faults(
        TELEGRAM_BOT_TOKEN="my token",
        TELEGRAM_API_BASE="api.telegram.org",
        TELEGRAM_RATE="0",
        RIGHTDOOR_CITY="atlantis",
        DATABASE_URL="mysql://localhost/demand",
        RELEASES_URL="mysql://localhost/demand",
        REDIS_URL="localhost:6379",
        DASHBOARD_PORT="0",
        DASHBOARD_SECRET="short",
        OIDC_ISSUER="login.example.org",
        RELEASE_EPSILON="1.5",
        RAW_WEEKS="0",
        OTHER_CITIES="README.md",
        INCIDENT_FILE="nowhere/incident.txt",
        RASA_PORT="http",
        ACTIONS_PORT="70000",
        LOG_LEVEL="LOUD",
    )
    places = [name for fault in named for name in fault.split(":")[0].split(", ")]
    assert sorted(places) == sorted(NAMES)
    assert all("allowed: " in fault or "copy it whole" in fault for fault in named)
    assert any("brussels" in fault for fault in named)
    assert any("DEBUG, INFO, WARNING, ERROR" in fault for fault in named)


@pytest.mark.parametrize("name", ["incident", "no_such_folder/incident.yml", "docs", "."])
def test_what_is_no_place_for_the_incident_file_is_a_fault(name):
    (fault,) = faults(INCIDENT_FILE=name)
    assert fault.startswith(f"INCIDENT_FILE: {name!r} does not fit")


def test_the_incident_file_stands_in_the_project_folder_or_where_its_whole_path_says(tmp_path):
    assert settings.read({}).incident_file == ROOT / "incident.yml"
    given = str(tmp_path / "drill.yml")
    assert settings.read({"INCIDENT_FILE": given}).incident_file == tmp_path / "drill.yml"


@pytest.mark.parametrize("epsilon", ["0", "0.0", "1.01", "-1", "nan", "inf", "1e-3", "a half"])
def test_what_is_no_privacy_budget_is_a_fault(epsilon):
    (fault,) = faults(RELEASE_EPSILON=epsilon)
    assert fault.startswith(f"RELEASE_EPSILON: {epsilon!r} does not fit")


@pytest.mark.parametrize("weeks", ["0", "53", "-1", "2.5", "²", "five"])
def test_what_is_no_number_of_weeks_is_a_fault(weeks):
    (fault,) = faults(RAW_WEEKS=weeks)
    assert fault.startswith(f"RAW_WEEKS: {weeks!r} does not fit")


def test_two_servers_on_one_port_are_a_fault():
    (fault,) = faults(RASA_PORT="5055")
    assert fault.startswith("RASA_PORT and ACTIONS_PORT: ")
    (fault,) = faults(DASHBOARD_PORT="5055")
    assert fault.startswith("ACTIONS_PORT and DASHBOARD_PORT: ")


def test_releases_stand_in_a_file_of_their_own():
    (fault,) = faults(RELEASES_URL="sqlite:///./rightdoor.sqlite3")
    assert fault.startswith("RELEASES_URL: ")
    both = "postgresql://localhost/demand"
    assert settings.read({"DATABASE_URL": both, "RELEASES_URL": both}).releases_url == both


@pytest.mark.parametrize(
    "address",
    [
        *("unix:///run/redis.sock", "redis://:secret@127.0.0.1:6379/2", "redis://localhost"),
        *("rediss://redis.example.org:6380", "redis://[::1]:6379"),
    ],
)
def test_a_redis_is_reached_on_this_machine_or_protected(address):
    assert settings.read({"REDIS_URL": address}).redis_url == address


@pytest.mark.parametrize(
    "address",
    ["redis://redis.example.org", "redis://", "rediss://", "unix://", "http://127.0.0.1", "6379"],
)
def test_a_redis_that_is_reached_in_the_clear_or_not_at_all_is_a_fault(address):
    (fault,) = faults(REDIS_URL=address)
    assert fault.startswith("REDIS_URL: not protected")


def test_a_sign_in_of_the_city_is_set_up_whole_or_not_at_all():
    named = faults(OIDC_CLIENT_SECRET="hunter2")
    assert [fault.split(":")[0] for fault in named] == ["OIDC_ISSUER", "OIDC_CLIENT_ID"]
    whole = {"OIDC_CLIENT_ID": "rightdoor", "OIDC_CLIENT_SECRET": "hunter2"}
    (fault,) = faults(OIDC_ISSUER="http://login.example.org", **whole)
    assert fault.startswith("OIDC_ISSUER: not protected")
    assert settings.read({"OIDC_ISSUER": "http://127.0.0.1:8080", **whole}).oidc_issuer


@pytest.mark.parametrize("port", ["0", "65536", "-1", "5005.0", "5 005", "²"])
def test_what_is_no_port_is_a_fault(port):
    (fault,) = faults(RASA_PORT=port)
    assert fault.startswith(f"RASA_PORT: {port!r} is no port")


@pytest.mark.parametrize("base", ["api.telegram.org", "ftp://x.org", "https://", "http://[::1"])
def test_what_is_no_web_address_is_a_fault(base):
    (fault,) = faults(TELEGRAM_API_BASE=base)
    assert fault.startswith("TELEGRAM_API_BASE: ")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "110201543 hunter2"),
        ("TELEGRAM_BOT_TOKEN", "hunter2"),
        ("DATABASE_URL", "postgresql://me:hunter2/demand"),
        ("DATABASE_URL", "postgresql:/me:hunter2@localhost"),
        ("DATABASE_URL", "postgresql://me:hunter2@localhost:port/demand"),
        ("DATABASE_URL", "mysql://me:hunter2@localhost/demand"),
        ("RELEASES_URL", "mysql://me:hunter2@localhost/releases"),
        ("DASHBOARD_SECRET", "hunter2"),
        ("TELEGRAM_API_BASE", "me:hunter2@api.example.org"),
        ("RELEASES_URL", "postgresql:/me:hunter2@localhost"),
        ("REDIS_URL", "redis://:hunter2@redis.example.org"),
        ("REDIS_URL", "redis://:hunter2@127.0.0.1:port"),
    ],
)
def test_a_fault_in_a_secret_is_named_without_the_secret(name, value):
    (fault,) = faults(**{name: value})
    assert fault.startswith(f"{name}: ")
    assert "hunter2" not in fault


def test_the_readme_has_every_variable_with_its_default():
    documented = {re.sub("`", "", name): default for name, default in readme_table().items()}
    wanted = {s.name: f"`{s.default}`" if s.default else "none" for s in settings.TABLE}
    assert documented == wanted
    assert all(re.fullmatch("`[A-Z_]+`", name) for name in readme_table())


def test_every_variable_says_what_it_means():
    assert len(set(NAMES)) == len(NAMES)
    assert all(setting.meaning for setting in settings.TABLE)
