"""A pack goes live only when offices have confirmed what people in danger are led to."""

from __future__ import annotations

import datetime
import http.server
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pack_copy import PackCopy

from bot import command, routes, settings
from bot.directory import links, pack, readiness

TODAY = datetime.date(2026, 11, 23)


@pytest.fixture
def copy(tmp_path: Path) -> PackCopy:
    return PackCopy("brussels", tmp_path)


def confirmed(copy: PackCopy) -> PackCopy:
    """Let an office confirm every entry, as if it had."""
    for fact in copy.facts("checked-by"):
        fact["value"] = "Health desk"
    for service in copy.tables["services"]:
        service["assured_date"] = str(TODAY)
    return copy


def faults(copy: PackCopy) -> list[str]:
    return list(readiness.faults(copy.pack(), TODAY))


@pytest.mark.parametrize("city", settings.cities())
def test_no_pack_of_today_may_go_live_as_no_office_has_confirmed_it(city, capsys):
    assert command.main(["directory", "check", city, "--live-ready"]) == 1
    told = capsys.readouterr().err
    for route in routes.ids("urgent"):
        assert f"{route}: not confirmed by an office within a year: " in told
    assert command.main(["directory", "check", city]) == 0


def test_a_pack_whose_urgent_entries_are_confirmed_is_ready(copy):
    assert faults(confirmed(copy)) == []


def test_the_command_says_that_a_pack_is_ready(copy, capsys):
    today = datetime.datetime.now(pack.load("brussels").city.time_zone).date()
    for service in confirmed(copy).tables["services"]:
        service["assured_date"] = str(today)
    copy.save()
    assert command.main(["directory", "check", str(copy.folder), "--live-ready"]) == 0
    assert capsys.readouterr().out.endswith(", ready to go live.\n")


def test_an_urgent_entry_that_was_confirmed_more_than_a_year_ago_is_named(copy):
    confirmed(copy)
    line = copy.facts("crisis_self_harm")[0]["link_id"]
    service = copy.where("services", id=line)[0]
    service["assured_date"] = "2025-11-22"
    found = faults(copy)
    assert all(service["name"] in fault for fault in found)
    assert any(fault.startswith("crisis_self_harm: not confirmed") for fault in found)


def test_an_urgent_route_with_one_number_is_named(copy):
    confirmed(copy)
    for fact in copy.facts("emergency_now"):
        for phone in copy.where("phones", service_id=fact["link_id"]):
            phone["number"] = "112"
    for service in pack.load("brussels").city.first_lines["emergency_now"]:
        for phone in copy.where("phones", service_id=service):
            phone["number"] = "1 12"
    assert "emergency_now: has 1 different numbers; allowed: 2 at least" in faults(copy)


def test_an_urgent_route_without_a_line_day_and_night_is_named(copy):
    found = confirmed(copy).pack()
    closed = {id_: replace(one, openings=()) for id_, one in found.services.items()}
    told = list(readiness.faults(replace(found, services=closed), TODAY))
    for route in routes.ids("urgent"):
        assert f"{route}: has no line open day and night; allowed: one at least" in told


@pytest.mark.parametrize(
    ("number", "country", "callable_"),
    [
        *(("112", "BE", True), ("911", "US", True), ("988", "US", True), ("116 000", "BE", True)),
        *(("0800 99 340", "BE", True), ("+32 2 535 45 42", "BE", True), ("114", "DK", True)),
        *(("00000000000000000", "BE", False), ("12", "DK", False), ("+999 12", "BE", False)),
    ],
)
def test_a_number_that_cannot_be_called_is_found(number, country, callable_):
    assert readiness.is_callable(number, country) is callable_


@pytest.mark.parametrize(
    ("address", "live"),
    [
        *(("https://samusocial.be/a?b=c", True), ("http://8.8.8.8/", True)),
        *(("https://example.org", False), ("https://www.example.com/x", False)),
        *(("https://desk.test", False), ("https://localhost/", False), ("https://desk", False)),
        *(("https://a b.be", False), ("www.desk.be", False), ("ftp://desk.be", False)),
        *(("http://127.0.0.1/", False), ("http://192.168.1.10/", False), ("http://[::1]/", False)),
        *(("https://exampleorg.be", True), ("https://desk.be/a b", False), ("https://.", False)),
    ],
)
def test_an_address_that_looks_dead_is_found(address, live):
    assert readiness.is_live_address(address) is live


def test_every_wrong_fact_is_one_line_that_names_the_service(copy):
    confirmed(copy)
    first, second = copy.tables["services"][:2]
    first.update(url="https://example.com", email="desk@example.org")
    copy.where("phones", service_id=first["id"])[0]["number"] = "0000000000000000"
    copy.where("languages", service_id=second["id"])[0].update(code="qqq")
    copy.rewrite_city((r"official_languages: \[fr", "official_languages: [qq, fr"))
    told = faults(copy)
    name = f"{first['name']}, {first['id']}"
    assert f"{name}: website: 'https://example.com'; allowed: an address on the internet" in told
    assert f"{name}: email: 'desk@example.org'; allowed: an address on the internet" in told
    assert f"{name}: phone: '0000000000000000'; allowed: a number to call in BE" in told
    assert any(f"{second['id']}: language: 'qqq'" in fault for fault in told)
    assert "city.yml: official_languages: 'qq' is unknown; allowed: a code of CLDR" in told
    assert len(told) == 5


def test_a_folder_that_is_no_pack_cannot_be_ready(capsys):
    source = Path(__file__).parent / "hsds" / "tabular"
    assert command.main(["directory", "check", str(source), "--live-ready"]) == 1
    assert "tabular/city.yml: file: FileNotFoundError" in capsys.readouterr().err


class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/slow":
            threading.Event().wait(2)
        self.send_response({"/gone": 404, "/shut": 403, "/ill": 503}.get(self.path, 200))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as serving:
        serving.daemon_threads = True
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()


def test_links_that_lead_nowhere_are_found(server):
    paths = ["/", "/gone", "/shut", "/ill", "/slow"]
    asked = [server + path for path in paths]
    found = dict(links.dead([*asked, "http://127.0.0.1:1/", "file:///etc/passwd"], seconds=0.5))
    assert found.pop("file:///etc/passwd") == "is no web address"
    assert found.pop("http://127.0.0.1:1/").startswith("cannot be reached")
    assert found.pop(f"{server}/slow").startswith("cannot be reached")
    assert found == {f"{server}/gone": "answers 404", f"{server}/ill": "answers 503"}


def test_without_a_network_the_check_says_that_nothing_was_checked(monkeypatch, capsys):
    def unreachable(*_: object, **__: object) -> None:
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr("urllib.request.urlopen", unreachable)
    assert command.main(["directory", "check", "brussels", "--links"]) == 1
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert "so none was checked" in told[0]


def test_a_dead_link_is_named_with_its_service(monkeypatch, capsys):
    website = next(one.website for one in pack.load("brussels").services.values() if one.website)
    monkeypatch.setattr(links, "dead", lambda _: [(website, "answers 404")])
    assert command.main(["directory", "check", "brussels", "--links"]) == 1
    assert f"{website}: answers 404; allowed: an address that opens" in capsys.readouterr().err
