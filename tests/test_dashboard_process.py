"""The dashboard as a process of its own, and the commands that make its accounts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from dashboard_data import HASH, PASSWORD, token_in
from support.programs import free_ports, wait_until

from bot import command
from bot.dashboard import accounts, passwords
from bot.dashboard.command import prepare
from bot.database.engine import engine
from bot.settings import ROOT


@pytest.fixture
def url(tmp_path, monkeypatch) -> str:
    found = f"sqlite:///{tmp_path / 'releases.sqlite3'}"
    monkeypatch.setenv("RELEASES_URL", found)
    return found


@pytest.fixture
def typed(monkeypatch, tmp_path):
    def type_(line: str) -> None:
        path = tmp_path / "typed"
        path.write_text(line, encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", path.open(encoding="utf-8"))

    return type_


def run(*arguments: str) -> int:
    return command.main(["dashboard", *arguments])


def test_an_account_is_made_listed_changed_and_removed(url, typed, capsys):
    typed(f"{PASSWORD}\n")
    assert run("add-user", "Vera", "--role", "viewer") == 0
    assert run("add-user", "otto@city.example", "--role", "editor", "--no-password") == 0
    assert run("set-role", "vera", "--role", "admin") == 0
    assert run("list") == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "otto@city.example\teditor\tOpenID Connect only",
        "vera\tadmin\tpassword",
    ]
    [vera] = [one for one in accounts.everyone(engine(url)) if one.name == "vera"]
    assert passwords.fits(vera.password_hash, PASSWORD)
    assert PASSWORD not in vera.password_hash
    assert run("remove", "VERA") == 0
    assert accounts.named(engine(url), "vera") is None


def test_a_new_password_ends_sessions_and_unlocks(url, typed):
    prepare(engine(url))
    accounts.add(engine(url), "vera", "viewer", HASH)
    before = accounts.named(engine(url), "vera").session_number
    typed("another long password\n")
    assert run("set-password", "vera") == 0
    vera = accounts.named(engine(url), "vera")
    assert vera.session_number == before + 1
    assert passwords.fits(vera.password_hash, "another long password")


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaaaaaa", "x" * 257])
def test_a_weak_password_makes_no_account(url, typed, capsys, password):
    typed(f"{password}\n")
    assert run("add-user", "vera", "--role", "viewer") == 1
    assert "allowed: 12 to 256 letters" in capsys.readouterr().err
    assert accounts.named(engine(url), "vera") is None


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("add-user", "a b", "--role", "viewer", "--no-password"), "name: 'a b' does not fit"),
        (("add-user", "<b>", "--role", "viewer", "--no-password"), "name: '<b>' does not fit"),
        (("add-user", "otto", "--role", "viewer", "--no-password"), "has an account"),
        (("remove", "nobody"), "has no account; accounts: otto"),
        (("set-role", "nobody", "--role", "admin"), "has no account"),
        (("set-password", "nobody"), "has no account"),
        (("unlock", "nobody"), "has no account"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_can(url, capsys, arguments, fault):
    assert run("add-user", "otto", "--role", "viewer", "--no-password") == 0
    assert run(*arguments) == 1
    assert fault in capsys.readouterr().err


def test_a_database_that_cannot_be_reached_is_named_without_its_address(monkeypatch, capsys):
    monkeypatch.setenv("RELEASES_URL", "sqlite:////nowhere/at/all/hunter2.sqlite3")
    assert run("list") == 1
    told = capsys.readouterr().err
    assert told.startswith("RELEASES_URL: cannot be reached")
    assert "hunter2" not in told


def test_the_process_serves_on_loopback_and_logs_nothing_about_anybody(tmp_path: Path):
    [port] = free_ports(1)
    url = f"sqlite:///{tmp_path / 'releases.sqlite3'}"
    prepare(engine(url))
    accounts.add(engine(url), "vera", "viewer", HASH)
    given = {**os.environ, "RELEASES_URL": url, "DASHBOARD_PORT": str(port), "LOG_LEVEL": "DEBUG"}
    with (tmp_path / "told").open("wb") as told:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.dashboard"], cwd=ROOT, env=given, stdout=told, stderr=told
        )
        try:
            _talk(port)
        finally:
            process.terminate()
            assert process.wait(15) is not None
    said = (tmp_path / "told").read_text(encoding="utf-8")
    assert not re.search(r"vera|hunter2|127\.0\.0\.1:\d+ -|topic=", said), said


def _talk(port: int) -> None:
    base = f"http://127.0.0.1:{port}"

    def is_up() -> bool:
        try:
            return httpx.get(f"{base}/health", trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    assert wait_until(is_up, 30)
    with httpx.Client(base_url=base, follow_redirects=True, trust_env=False) as client:
        wrong = {"token": token_in(client.get("/sign-in").text), "name": "hunter2"}
        assert client.post("/sign-in", data={**wrong, "password": "x"}).status_code == 403
        assert client.get("/topics").url.path == "/sign-in"
        right = {**wrong, "name": "vera", "password": PASSWORD}
        found = client.post("/sign-in", data=right)
        assert (found.status_code, found.url.path) == (200, "/")
        assert "server" not in found.headers
        assert client.get("/topics?topic=legal_help").status_code == 200
