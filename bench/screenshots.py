"""`make screenshots`: pictures of the dashboard on a demonstration, for README, with Chromium."""

from __future__ import annotations

import datetime
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from bench.journeys.picture import BROWSERS, MISSING, PictureError, save
from bot.directory import pack
from bot.settings import ROOT
from bot.signals import demo

CITY = "brussels"
# Name, address, width and longest height in pixels, dark or light.
PICTURES = (
    ("dashboard-glance", "/?language=en", 1000, 900, "light"),
    ("dashboard-topic", "/topics?language=en&topic=language_course", 1000, 1000, "light"),
    ("dashboard-districts", "/districts?language=en", 1000, 1000, "light"),
    ("dashboard-phone-ar", "/topics?language=ar&topic=trauma_support", 360, 1250, "dark"),
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-proxy-server"]
PATIENCE_SECONDS = 30


@contextmanager
def _running(database: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "RELEASES_URL": f"sqlite:///{database}", "RIGHTDOOR_CITY": CITY}
    environment |= {"DASHBOARD_PORT": str(port)}
    process = subprocess.Popen([sys.executable, "-m", "bot.dashboard"], cwd=ROOT, env=environment)
    try:
        _wait_for(f"http://127.0.0.1:{port}/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _wait_for(address: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            httpx.get(address, trust_env=False).raise_for_status()
            return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise PictureError("the dashboard does not answer")


def _draw(browser: Browser, address: str, password: str) -> Iterator[Path]:
    first = browser.new_page()
    first.goto(f"{address}/sign-in?language=en")
    first.fill("#name", "demo-viewer")
    first.fill("#password", password)
    first.click("main form button")
    first.wait_for_url(f"{address}/")
    session = first.context.storage_state()
    for name, path, width, height, scheme in PICTURES:
        context = browser.new_context(
            storage_state=session,
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            device_scale_factor=1.5,
        )
        page = context.new_page()
        page.goto(f"{address}{path}")
        drawn = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        yield save(drawn, ROOT / "docs" / "pictures" / f"{name}.png")
        context.close()


def main() -> int:
    """Draw all pictures and print their names; return the exit code."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        print(MISSING, file=sys.stderr)
        return 1
    city = pack.load(CITY).city
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        database = Path(folder) / "demo.sqlite3"
        today = datetime.datetime.now(city.time_zone).date()
        passwords = demo.make(database, city, today)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        with _running(database) as address:
            for drawn in _draw(browser, address, passwords["demo-viewer"]):
                print(drawn.relative_to(ROOT), drawn.stat().st_size)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
