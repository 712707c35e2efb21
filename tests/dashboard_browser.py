"""A real dashboard in a process of its own, and Chromium in front of it."""

from __future__ import annotations

import datetime
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bot.dashboard.app import PAGES
from bot.directory import pack
from bot.settings import ROOT
from bot.signals import demo

WEEKS = 16
MISSING = "Chromium is not on this machine: the dashboard's pages were not looked at."
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-proxy-server"),
]
PATIENCE_SECONDS = 60
FOR_EVERYBODY = (*PAGES, "/notes")
# What one role alone sees, with what everybody sees.
SEEN_BY = {"viewer": FOR_EVERYBODY, "editor": ("/notes",), "admin": ("/accounts", "/notes")}


@dataclass(frozen=True)
class Dashboard:
    """Where it is, and the passwords of its demonstration; sessions are kept by role."""

    address: str
    passwords: dict[str, str]
    sessions: dict[str, object] = field(default_factory=dict)

    def password(self, role: str) -> str:
        return self.passwords[f"demo-{role}"]


def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip(MISSING)
    return found


@contextmanager
def started(folder: Path) -> Iterator[Dashboard]:
    """Run the dashboard on a demonstration until the block ends."""
    path = folder / "demo.sqlite3"
    city = pack.load("brussels").city
    today = datetime.datetime.now(city.time_zone).date()
    passwords = demo.make(path, city, today, weeks=WEEKS)
    demo.make_neighbours(folder / demo.OTHER_CITIES, city, today)
    with _process(f"sqlite:///{path}", folder / demo.OTHER_CITIES) as address:
        yield Dashboard(address, passwords)


@contextmanager
def _process(url: str, other_cities: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "RELEASES_URL": url, "DASHBOARD_PORT": str(port)}
    environment |= {
        "DASHBOARD_SECRET": "of the tests alone, and long enough",
        "RIGHTDOOR_CITY": "brussels",
        "OTHER_CITIES": str(other_cities),
    }
    process = subprocess.Popen([sys.executable, "-m", "bot.dashboard"], cwd=ROOT, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, "the dashboard has ended"
        try:
            if httpx.get(f"{address}/health", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError("the dashboard does not answer")


@contextmanager
def browsing() -> Iterator[Browser]:
    """Open Chromium until the block ends."""
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def sign_in(page: Page, name: str, password: str) -> None:
    page.fill("#name", name)
    page.fill("#password", password)
    page.click("main form button")


@contextmanager
def visit(
    browser: Browser, dashboard: Dashboard, role: str = "viewer", **more: object
) -> Iterator[Page]:
    """Open a window of somebody who is signed in; `more` is Playwright's (viewport, ...)."""
    if role not in dashboard.sessions:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{dashboard.address}/sign-in?language=en")
        sign_in(page, f"demo-{role}", dashboard.password(role))
        page.wait_for_url(f"{dashboard.address}/")
        dashboard.sessions[role] = context.storage_state()
        context.close()
    with window(browser, dashboard, storage_state=dashboard.sessions[role], **more) as page:
        yield page


@contextmanager
def window(browser: Browser, dashboard: Dashboard, **more: object) -> Iterator[Page]:
    """Open a window of a stranger."""
    context: BrowserContext = browser.new_context(base_url=dashboard.address, **more)
    yield context.new_page()
    context.close()
