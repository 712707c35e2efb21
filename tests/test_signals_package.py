"""`rightdoor signals`: releases on the command line, as open data, and cities side by side."""

from __future__ import annotations

import contextlib
import csv
import datetime
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from signals_data import CITY, Desk, desk, row
from sqlalchemy import func, select

from bot import command
from bot.database.raw import DEMAND
from bot.directory.model import Inhabitants
from bot.signals import command as signals
from bot.signals import package, package_reading, reading, release, tables
from bot.signals.faults import SignalsError
from bot.signals.weeks import Week

TODAY = datetime.date(2026, 11, 21)
RESOURCES = [package.RELEASES, package.VALUES, *tables.TABLES]


@pytest.fixture
def at(tmp_path, monkeypatch) -> Desk:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/raw.sqlite3")
    monkeypatch.setenv("RELEASES_URL", f"sqlite:///{tmp_path}/releases.sqlite3")
    monkeypatch.setattr(signals, "_today", lambda city: TODAY)
    return desk(tmp_path)


def run(*arguments: object) -> int:
    return command.main(["signals", *map(str, arguments)])


def weeks_with_counters(at: Desk, count: int) -> None:
    for number in range(count):
        at.put([row(300)], datetime.date(2026, 11, 16) - datetime.timedelta(weeks=number))


def days_left(at: Desk) -> tuple[int, datetime.date | None]:
    with at.both.raw.connect() as connection:
        wanted = select(func.count(), func.min(DEMAND.c.day))
        return tuple(connection.execute(wanted).one())


def test_every_week_that_is_over_is_released_and_old_counters_go(at, capsys):
    weeks_with_counters(at, 10)
    assert run("release") == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert [line.split()[1] for line in out.splitlines()[:9]] == [
        f"2026-W{n}," for n in range(38, 47)
    ]
    assert out.splitlines()[-1] == "brussels: counters from before 2026-10-12 are deleted."
    assert days_left(at) == (6, datetime.date(2026, 10, 12))
    assert run("release") == 0
    assert capsys.readouterr().out == "brussels: nothing to release.\n"


def test_counters_stay_until_their_week_is_released(at):
    weeks_with_counters(at, 10)
    assert run("release", "--week", "2026-W46") == 0
    assert days_left(at)[0] == 10
    assert run("release", "--week", "2026-W38") == 0
    assert days_left(at) == (9, datetime.date(2026, 9, 21))


def test_how_long_counters_stay_and_the_budget_are_settings(at, monkeypatch):
    monkeypatch.setenv("RAW_WEEKS", "1")
    monkeypatch.setenv("RELEASE_EPSILON", "0.25")
    weeks_with_counters(at, 4)
    assert run("release") == 0
    assert days_left(at) == (2, datetime.date(2026, 11, 9))
    assert all(one.epsilon <= 0.25 for one in reading.releases(at.both.released, "brussels"))


def test_a_week_without_demand_between_others_is_released_too(at):
    at.put([row(300)], datetime.date(2026, 10, 26))
    at.put([row(300)], datetime.date(2026, 11, 9))
    assert run("release") == 0
    weeks = [one.week for one in reading.releases(at.both.released, "brussels")]
    assert weeks == [46, 45, 44]


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("release", "--week", "soon"), "week: 'soon' is no ISO week; allowed: one like 2026-W47"),
        (("release", "--week", "2026-W47"), "week: 2026-W47 is not over in brussels; allowed: a"),
        (("release", "--week", "2020-W01"), "week: 2020-W01 has no counters in brussels; allowed"),
        (("release", "--city", "atlantis"), "city: 'atlantis' is no city pack; allowed: "),
        (("package", "2026-W01", "--out", "x.zip"), "week: 2026-W01 is not released in brussels"),
        (("compare", "no.zip", "none.zip"), "no.zip: file: cannot be read (FileNotFoundError)"),
    ],
)
def test_faults_are_named_on_standard_error(at, capsys, arguments, fault):
    weeks_with_counters(at, 2)
    assert run(*arguments) == 1
    out, err = capsys.readouterr()
    assert err.startswith(fault)
    assert out.endswith("fault.\n") or out.endswith("faults.\n")


def test_a_database_that_is_away_is_named_without_its_address(at, monkeypatch, capsys):
    monkeypatch.setenv("RELEASES_URL", "sqlite:////no/such/folder/hunter2.sqlite3")
    assert run("list") == 1
    err = capsys.readouterr().err
    assert err.startswith("database: cannot be used (OperationalError); allowed: ")
    assert "hunter2" not in err


def test_all_faulty_weeks_of_a_package_are_named_at_once(at, capsys, tmp_path):
    assert run("package", "soon", "2026-W01", "--out", tmp_path / "x.zip") == 1
    assert len(capsys.readouterr().err.splitlines()) == 2
    assert not (tmp_path / "x.zip").exists()


def packed(at: Desk, path: Path) -> zipfile.ZipFile:
    weeks_with_counters(at, 3)
    assert run("release") == 0
    assert run("package", "2026-W46", "2026-W45", "--out", path) == 0
    return zipfile.ZipFile(path)


def test_a_package_is_a_tabular_data_package(at, tmp_path):
    file = packed(at, tmp_path / "a.zip")
    described = json.loads(file.read("datapackage.json"))
    assert described["profile"] == "tabular-data-package"
    assert described["licenses"][0]["name"] == "CC-BY-4.0"
    assert "Hidden does not mean zero" in described["description"]
    assert [one["name"] for one in described["resources"]] == RESOURCES
    for resource in described["resources"]:
        schema = resource["schema"]
        text = file.read(resource["path"]).decode("ascii")
        assert not text.startswith("\ufeff")
        lines = list(csv.DictReader(io.StringIO(text)))
        assert list(lines[0]) == [field["name"] for field in schema["fields"]]
        keys = [tuple(line[name] for name in schema["primaryKey"]) for line in lines]
        assert len(set(keys)) == len(keys) > 0
        for field in schema["fields"]:
            for line in lines:
                assert fits(field["type"], line[field["name"]])


def fits(kind: str, text: str) -> bool:
    if kind == "integer":
        return text == "" or text.isdecimal()
    if kind == "date":
        return bool(datetime.date.fromisoformat(text))
    return text in ("true", "false") if kind == "boolean" else kind == "string" or bool(float(text))


def test_a_package_holds_what_was_released(at, tmp_path):
    found = package_reading.read(Path(packed(at, tmp_path / "a.zip").filename))
    assert (found.city, found.inhabitants) == ("brussels", CITY.inhabitants.count)
    assert sorted(found.topics) == [Week(2026, 45), Week(2026, 46)]
    made = release.make(*at.both, CITY, Week(2026, 46), today=TODAY)
    for cell in reading.table(at.both.released, made.id, "topic"):
        number = found.topics[Week(2026, 46)][cell.first]
        assert (number.value, number.low, number.high) == (cell.value, cell.low, cell.high)


def test_no_cell_is_taken_for_a_formula():
    lines = [{"a": sign + "1", "b": None} for sign in "=+-@\t\r"]
    text = package.csv_text(("a", "b"), lines)
    assert [line["a"][0] for line in csv.DictReader(io.StringIO(text, newline=""))] == ["'"] * 6


def test_two_cities_stand_side_by_side(at, tmp_path, capsys, monkeypatch):
    packed(at, tmp_path / "a.zip")
    for number in range(3):
        day = datetime.date(2026, 11, 16) - datetime.timedelta(weeks=number)
        at.put([row(3000, route="legal_help")], day, city="denver")
    assert run("release", "--city", "denver") == 0
    assert run("package", "2026-W46", "--city", "denver", "--out", tmp_path / "b.zip") == 0
    capsys.readouterr()
    assert run("compare", tmp_path / "a.zip", tmp_path / "b.zip") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "A week for every 10,000 inhabitants, 1 week: 2026-W46."
    topic, *shares = lines[2].split()
    assert topic == "legal_help"
    denver = float(shares[-4])
    assert abs(denver - 3000 / 71.5522) < 1.5
    assert len(lines) == 2 + len(tables.topics())


def test_packages_without_a_week_in_common_or_of_unknown_size_say_so(at, tmp_path, capsys):
    packed(at, tmp_path / "a.zip")
    assert run("package", "2026-W45", "--out", tmp_path / "b.zip") == 0
    assert run("package", "2026-W46", "--out", tmp_path / "c.zip") == 0
    capsys.readouterr()
    assert run("compare", tmp_path / "b.zip", tmp_path / "c.zip") == 1
    assert "weeks: none is in all packages" in capsys.readouterr().err
    rewritten(tmp_path / "c.zip", "datapackage.json", change_inhabitants)
    assert run("compare", tmp_path / "a.zip", tmp_path / "c.zip") == 0
    out = capsys.readouterr().out
    assert "brussels: how many live there is not known (city.yml: inhabitants)." in out
    assert "not known" in out.splitlines()[-1]


def change_inhabitants(text: str) -> str:
    described = json.loads(text)
    described["rightdoor"]["inhabitants"] = None
    return json.dumps(described)


def rewritten(path: Path, name: str, change) -> None:
    with zipfile.ZipFile(path) as file:
        content = {one: file.read(one) for one in file.namelist()}
    content[name] = change(content[name].decode()).encode()
    with zipfile.ZipFile(path, "w") as file:
        for one, data in content.items():
            file.writestr(one, data)


@pytest.mark.parametrize(
    ("name", "change", "faults"),
    [
        ("datapackage.json", lambda _: "[]", ["datapackage.json: is missing or no JSON object"]),
        ("datapackage.json", lambda _: "{", ["datapackage.json: is missing or no JSON object"]),
        (
            "datapackage.json",
            lambda _: "{}",
            ["datapackage.json: profile: does not fit", "datapackage.json: rightdoor: is missing"],
        ),
        (
            "datapackage.json",
            lambda text: text.replace('"hide_below": 10', '"hide_below": "many"'),
            ["datapackage.json: rightdoor: does not fit"],
        ),
        *(
            (
                "datapackage.json",
                lambda text, far=far: text.replace('"hide_below": 10', f'"hide_below": {far}'),
                ["datapackage.json: rightdoor: does not fit"],
            )
            for far in ("-10", "0", "1e308", "1" + "0" * 300)
        ),
        (
            "datapackage.json",
            lambda text: re.sub(r'"reach": \d+', '"reach": 1e308', text),
            ["datapackage.json: rightdoor: does not fit"],
        ),
        (
            "datapackage.json",
            lambda text: text.replace('"count": 1255795', '"count": 1' + "0" * 300),
            ["datapackage.json: rightdoor: does not fit"],
        ),
        (
            "datapackage.json",
            lambda text: text.replace('"count": 1255795', '"count": Infinity'),
            ["datapackage.json: rightdoor: does not fit"],
        ),
        (
            "datapackage.json",
            lambda text: text.replace('"city": "brussels"', '"city": "\\u001b[2J"'),
            ["datapackage.json: rightdoor: does not fit"],
        ),
        (
            "topic.csv",
            lambda text: text.replace("housing_help", "=cmd()"),
            ["datapackage.json: rightdoor: does not fit"],
        ),
        ("topic.csv", lambda _: "a,b\r\n1,2\r\n", ["topic.csv: columns: do not fit"]),
        ("topic.csv", lambda text: text + " " * 2_000_000, ["topic.csv: is too large"]),
        ("topic.csv", lambda _: "", ["topic.csv: columns: do not fit"]),
        ("topic.csv", lambda text: text + "1,2\r\n", ["topic.csv: line 82: has too few"]),
        (
            "topic.csv",
            lambda text: text + "2026,x,2026-11-09,housing_help,-5,1,1\r\n",
            ["topic.csv: line 82: week: 'x' does not", "topic.csv: line 82: value: '-5' does not"],
        ),
        (
            "topic.csv",
            lambda text: text.replace("2026,46", "2026,99"),
            ["datapackage.json: rightdoor: does not fit"],
        ),
    ],
)
def test_a_package_that_somebody_has_changed_is_named_with_all_its_faults(
    at, tmp_path, name, change, faults
):
    path = tmp_path / "a.zip"
    packed(at, path)
    rewritten(path, name, change)
    with pytest.raises(SignalsError) as raised:
        package_reading.read(path)
    lines = str(raised.value).split("\n")
    assert len(lines) == len(faults)
    for line, fault in zip(lines, faults):
        assert line.startswith(f"{path}: {fault}")
        assert "too few" in line or "allowed: " in line


@pytest.mark.parametrize("place", [40, 200, 900, 5000, -30])
def test_a_damaged_zip_is_named(at, tmp_path, place):
    path = tmp_path / "a.zip"
    packed(at, path)
    data = bytearray(path.read_bytes())
    data[place : place + 20] = b"\0" * len(data[place : place + 20])
    path.write_bytes(data)
    with contextlib.suppress(SignalsError):
        package_reading.read(path)
    path.write_bytes(bytes(data[: len(data) // 2]))
    with pytest.raises(SignalsError, match="cannot be read"):
        package_reading.read(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_zip_of_any_method_is_named(at, tmp_path, method):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", method) as file:
        file.writestr("datapackage.json", "{}" * 500)
    data = bytearray(path.read_bytes())
    data[60:70] = b"\xff" * 10
    path.write_bytes(data)
    with pytest.raises(SignalsError, match="cannot be read"):
        package_reading.read(path)


def test_a_zip_with_a_name_that_is_no_text_is_named(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("é", "")
    path.write_bytes(path.read_bytes().replace("é".encode(), b"\xff\xff"))
    with pytest.raises(SignalsError, match="cannot be read"):
        package_reading.read(path)


def test_what_was_invented_says_so_in_lists_and_packages(at, tmp_path, capsys):
    at.put([row(300)])
    made = release.make(*at.both, CITY, Week(2026, 46), today=TODAY, invented=True)
    assert made.invented
    assert run("list") == 0
    assert "INVENTED FOR A DEMONSTRATION" in capsys.readouterr().out
    assert run("package", "2026-W46", "--out", tmp_path / "a.zip") == 0
    with zipfile.ZipFile(tmp_path / "a.zip") as file:
        assert json.loads(file.read("datapackage.json"))["title"].startswith("INVENTED")
    assert package_reading.read(tmp_path / "a.zip").invented


def test_every_city_of_the_project_says_how_many_live_there():
    assert isinstance(CITY.inhabitants, Inhabitants)
    assert CITY.inhabitants.count == 1_255_795
