"""`why` and `due`: the order of the services in words, and what to confirm next."""

from __future__ import annotations

import datetime
import zipfile

import pytest
from pack_copy import PackCopy

from bot import command, routes, settings
from bot.directory import freshness, pack, reasons, search

AT = "2026-11-23T10:00"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[str], list[str]]:
    code = command.main(["directory", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out.splitlines(), err.splitlines()


@pytest.mark.parametrize("city", settings.cities())
@pytest.mark.parametrize("route", routes.service_ids())
def test_every_service_is_named_in_the_order_that_people_see(city, route):
    found = pack.load(city)
    now = datetime.datetime.fromisoformat(AT).replace(tzinfo=found.city.time_zone)
    for near in (None, *list(found.city.districts.values())[:2]):
        asked = search.Asked("fr", now, near)
        told = list(reasons.of_route(found, route, asked))
        assert [one for one, _ in told] == search.for_route(found, route, asked)
        assert all(words and all(words) for _, words in told)


def test_the_reasons_are_plain_words(capsys):
    code, out, _ = run(
        capsys,
        "why",
        "housing_help",
        "--city",
        "brussels",
        "--at",
        AT,
        "--language",
        "fr",
        "--district",
        "ixelles",
    )
    assert code == 0
    assert out[0] == "housing_help, asked in French on Monday 2026-11-23 at 10:00:"
    whole = "\n".join(out)
    for words in (
        "speaks French",
        "not known to speak French",
        "open now",
        "for everyone",
        "km from Ixelles",
        "not known where it is",
        "serves the city",
        "mainly for this",
        "this is no. 2 of its routes",
        "checked within a year",
    ):
        assert words in whole, words
    assert out[1].startswith("1. ")


def test_the_lines_that_the_city_puts_first_say_so(capsys):
    _, out, _ = run(capsys, "why", "emergency_now", "--city", "denver", "--at", AT)
    assert out[1] == "1. 911: the city puts it first on this route"


def test_what_was_not_checked_for_a_year_says_so(capsys):
    late = "2028-01-05T10:00"
    _, calm, _ = run(capsys, "why", "housing_help", "--city", "brussels", "--at", late)
    assert all("not checked since 2026-11-20" in line for line in calm[1:])
    _, urgent, _ = run(capsys, "why", "crisis_self_harm", "--city", "brussels", "--at", late)
    assert all(line.endswith(", so not on the urgent card") for line in urgent[1:])


def test_a_route_without_services_says_so(tmp_path, capsys):
    copy = PackCopy("brussels", tmp_path)
    copy.drop("attributes", copy.facts("check_rumour"))
    copy.save()
    code, out, _ = run(capsys, "why", "check_rumour", "--city", copy.folder)
    assert (code, out[1]) == (0, "No service: people are told that the city knows of none.")


def test_what_is_unknown_is_named_at_once_with_what_is_allowed(capsys):
    code, out, err = run(
        capsys,
        "why",
        "greet",
        "--city",
        "brussels",
        "--language",
        "xx",
        "--district",
        "moon",
        "--at",
        "soon",
    )
    assert (code, out) == (1, ["why: 4 faults."])
    for line, name, allowed in zip(
        err,
        ("route", "language", "district", "time"),
        ("housing_help", "en, fr", "ixelles", "2026-11-23T10:00"),
    ):
        assert line.startswith(f"{name}: ")
        assert allowed in line.partition("; allowed: ")[2]
    code, _, err = run(capsys, "why", "greet", "--city", "atlantis")
    assert code == 1
    assert err == [
        "city: 'atlantis' is no city pack; allowed: "
        + ", ".join(settings.cities())
        + ", or a folder or zip with a city.yml"
    ]


@pytest.mark.parametrize("at", ["2026-11-23T10:00Z", "0001-01-01T00:00+14:00", "2026-13-01", ""])
def test_any_time_is_read_or_named(at, capsys):
    code, _, err = run(capsys, "why", "housing_help", "--city", "brussels", "--at", at)
    assert code == 0 or err[0].startswith("time: ")


def test_the_most_pressing_stand_first_each_with_its_reason(tmp_path, capsys):
    usage = tmp_path / "usage.csv"
    usage.write_text("route,count\nhousing_help,12\nhousing_help,1\n")
    code, out, _ = run(capsys, "due", "brussels", "--usage", usage)
    found = pack.load("brussels")
    assert code == 0
    assert len(out) == len(found.services)
    assert "last checked 2026-11-20 on public pages; people in danger are led there" in out[0]
    calm = [line for line in out if "in danger" not in line]
    assert "no office has confirmed it; its routes were asked for 13 times" in calm[0]
    assert calm[-1].endswith("no office has confirmed it")
    assert run(capsys, "due", "brussels", "--limit", 2)[1] == run(capsys, "due", "brussels")[1][:2]


def test_who_confirmed_and_how_long_that_holds_is_said(tmp_path, capsys):
    copy = PackCopy("brussels", tmp_path)
    for fact in copy.facts("checked-by"):
        fact["value"] = "Health desk"
    today = datetime.datetime.now(pack.load("brussels").city.time_zone).date()
    day, old = today - freshness.HOLDS, today - 2 * freshness.HOLDS
    for number, row in enumerate(copy.tables["services"]):
        row["assured_date"] = str(old if number else day)
    copy.save()
    _, out, _ = run(capsys, "due", copy.folder)
    (held,) = [line for line in out if "holds" in line]
    assert f"last checked {day} by Health desk" in held
    assert held.endswith("its confirmation holds 0 more days")
    assert sum("not confirmed for more than a year" in line for line in out) == len(out) - 1


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        *((b"", "is empty"), (b"route;count\n", "commas"), (b"a,b\n", "allowed: these two")),
        *((b"route,count\nx,1\n", "route: 'x'"), (b"route,count\nlegal_help,-1\n", "count: '-1'")),
        (b"\xff\xfe", "UTF-16"),
    ],
)
def test_a_usage_file_that_does_not_fit_is_a_fault(content, wrong, tmp_path, capsys):
    (tmp_path / "usage.csv").write_bytes(content)
    code, _, err = run(capsys, "due", "brussels", "--usage", tmp_path / "usage.csv")
    assert code == 1
    assert wrong in err[0]


@pytest.mark.parametrize("source", ["none", "empty", "bad.zip", "long.zip"])
def test_what_is_no_pack_is_a_fault(source, tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.zip").write_bytes(b"PK no zip")
    with zipfile.ZipFile(tmp_path / "long.zip", "w") as made:
        for name in ("services.csv", "city.yml", "n" * 300 + ".csv"):
            made.writestr(name, "id\n")
    code, out, err = run(capsys, "due", tmp_path / source)
    assert code == 1
    assert out == ["due: 1 fault."]
    assert len(err) == 1


@pytest.mark.parametrize("limit", ["0", "-1", "some"])
def test_a_limit_is_a_whole_number_from_one(limit, capsys):
    with pytest.raises(SystemExit) as ended:
        run(capsys, "due", "brussels", "--limit", limit)
    assert ended.value.code == 2
