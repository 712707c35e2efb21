"""An incident file: every fault by name at once, with what is allowed; nothing half-read."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from incident_files import DURING, EXAMPLE, SERVICE, ZONE, content, incident
from replies import CITY

from bot import settings
from bot.directory import pack
from bot.incident import document, form
from bot.incident.document import IncidentError
from bot.incident.form import FormError
from bot.incident.model import ANNIVERSARY, MONTH, WEEK
from bot.incident_desk import checking
from bot.words import languages


def faults(now: datetime.datetime = DURING, **changes: Any) -> list[str]:
    with pytest.raises(IncidentError) as raised:
        checking.check(content(**changes), CITY, now)
    found = raised.value.faults
    assert all("; allowed: " in fault for fault in found), found
    assert str(raised.value) == "\n".join(found)
    return found


def fault(**changes: Any) -> str:
    (found,) = faults(**changes)
    return found


def texts(text: str = "Etwas ist passiert") -> dict[str, str]:
    return {code: f"{text} ({code})" for code in languages.supported()}


def fact(**changes: Any) -> list[dict[str, Any]]:
    return [{**content()["facts"][0], **changes}]


def line(**changes: Any) -> list[dict[str, Any]]:
    given = content()["routes_first"][0]
    return [{**given, "line": {**given["line"], **changes}}]


def first(**changes: Any) -> list[dict[str, Any]]:
    given = {"service": SERVICE.id, "routes": ["trauma_support"], **changes}
    return [{name: value for name, value in given.items() if value is not None}]


def test_the_example_has_no_faults_but_cannot_be_taken_for_real():
    told, _ = checking.check(form.read(EXAMPLE), CITY, DURING)
    assert told.drill
    assert not document.is_approved(told)
    assert "invented" in told.what.in_language("en").lower()
    assert EXAMPLE.read_text(encoding="utf-8").startswith("# AN INVENTED EXAMPLE.")


@pytest.mark.parametrize("city", settings.cities())
def test_no_city_pack_minds_a_folder_of_incidents(city):
    assert pack.load(city).city.id == city


def test_a_file_becomes_an_incident_with_the_newest_fact_first():
    told = incident()
    assert [one.at.hour for one in told.facts] == [11, 9]
    assert told.begins == datetime.datetime(2026, 11, 20, 12, tzinfo=ZONE)
    assert told.later == {
        WEEK: datetime.date(2026, 11, 27),
        MONTH: datetime.date(2026, 12, 20),
        ANNIVERSARY: datetime.date(2027, 11, 20),
    }
    assert told.firsts[0].line.voice_number == "+32 2 000 00 00"
    assert not told.drill


@pytest.mark.parametrize(
    ("happened", "month", "year"),
    [
        ("2027-01-31", (2027, 2, 28), (2028, 1, 31)),
        ("2028-02-29", (2028, 3, 29), (2029, 2, 28)),
        ("2026-12-05", (2027, 1, 5), (2027, 12, 5)),
    ],
)
def test_a_month_and_a_year_later_are_days_of_the_calendar(happened, month, year):
    begins, ends = f"{happened}T12:00", f"{happened}T23:00"
    told = incident(happened_on=happened, begins=begins, ends=ends)
    assert told.later[MONTH] == datetime.date(*month)
    assert told.later[ANNIVERSARY] == datetime.date(*year)


def test_days_may_be_given_or_left_out():
    assert incident(later=None).later == {}
    told = incident(later={MONTH: "2026-12-18"})
    assert told.later == {MONTH: datetime.date(2026, 12, 18)}


@pytest.mark.parametrize(
    "name", ["id", "happened_on", "what", "facts", "not_known", "approved_by", "begins", "ends"]
)
def test_what_is_missing_is_named(name):
    assert fault(**{name: None}).startswith(f"{name}: is missing")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"colour": "red"}, "colour: is unknown; allowed: id, "),
        ({"id": "No Spaces"}, "id: No Spaces does not fit"),
        ({"id": "../../etc"}, "id: ../../etc does not fit"),
        ({"drill": "perhaps"}, "drill: perhaps does not fit; allowed: yes, no"),
        ({"happened_on": "2026-11-24"}, "happened_on: 2026-11-24 has not come yet"),
        ({"approved_by": " "}, "approved_by: is missing"),
        ({"begins": "soon"}, "begins: soon does not fit"),
        ({"begins": "2026-11-19T10:00"}, "begins: 2026-11-19T10:00 does not fit"),
        ({"ends": "2026-11-20T11:00"}, "ends: 2026-11-20T11:00 does not fit"),
        ({"ends": "2026-12-04T12:01"}, "ends: 2026-12-04T12:01 does not fit; allowed: after"),
        ({"facts": []}, "facts: is no list of facts; allowed: 1 to 6"),
        ({"facts": "none"}, "facts: is no list of facts"),
        ({"facts": fact(at="2026-11-20T11:15")}, "facts: no. 1: at: 2026-11-20T11:15 does not fit"),
        (
            {"facts": fact(at="2026-11-23T10:01+01:00")},
            "facts: no. 1: at: 2026-11-23T10:01+01:00 h",
        ),
        ({"facts": fact(source="http://")}, "facts: no. 1: source: is no web address"),
        ({"facts": fact(source="")}, "facts: no. 1: source: is missing"),
        ({"facts": fact(text="fire")}, "facts: no. 1: text: is no text by language"),
        ({"facts": fact(by="me")}, "facts: no. 1: by: is unknown"),
        ({"facts": ["fire"]}, "facts: no. 1: holds no fields"),
        ({"what": texts("x" * 200)}, "what: "),
        ({"what": {**texts(), "xx": "what"}}, "what: xx: is no language of Right Door"),
        ({"what": {**texts(), "de": ["a"]}}, "what: de: is no text"),
        ({"what": {**texts(), "de": "a\nb"}}, "what: de: holds U+000A"),
        ({"what": {**texts(), "de": "{name}"}}, "what: de: holds '{', '}'"),
        ({"what": {**texts(), "ar": "\u202ea"}}, "what: ar: holds U+202E"),
        ({"not_known": {**texts(), "fr": texts()["en"] + "."}, "what": texts()}, ""),
        ({"routes_first": "none"}, "routes_first: is no list; allowed: at most 4"),
        ({"routes_first": first(service="x")}, "routes_first: no. 1: service: x is unknown"),
        ({"routes_first": first(routes=[])}, "routes_first: no. 1: routes: are no list"),
        ({"routes_first": first(routes=["greet"])}, "routes_first: no. 1: routes: greet does not"),
        ({"routes_first": first(service=None)}, "routes_first: no. 1: names both service and line"),
        ({"routes_first": line(number="call us")}, "routes_first: no. 1: line: number: is no"),
        ({"routes_first": line(source="office")}, "routes_first: no. 1: line: source: is no web"),
        ({"routes_first": line(checked_on="2026-11-24")}, "routes_first: no. 1: line: checked_on:"),
        ({"routes_first": line(languages="fr")}, "routes_first: no. 1: line: languages: do not"),
        (
            {"routes_first": line(name={"en": "A"})},
            "routes_first: no. 1: line: name: is missing in",
        ),
        ({"later": ["week"]}, "later: is no table; allowed: week, month, anniversary"),
        ({"later": {"decade": "auto"}}, "later: decade: is unknown"),
        ({"later": {"week": "soon"}}, "later: week: soon is no day; allowed: auto, or a day"),
        ({"later": {"week": "2026-11-20"}}, "later: week: 2026-11-20 does not fit"),
        ({"later": {"anniversary": "2027-11-21"}}, "later: anniversary: 2027-11-21 does not fit"),
    ],
)
def test_what_does_not_fit_is_named_with_what_is_allowed(changes, named):
    if not named:
        checking.check(content(**changes), CITY, DURING)
        return
    assert any(found.startswith(named) for found in faults(**changes)), faults(**changes)


@pytest.mark.parametrize("route", ["emergency_now", "crisis_self_harm", "staff_concern_pupil"])
def test_nothing_can_be_put_before_the_numbers_of_an_urgent_route(route):
    found = fault(routes_first=first(routes=[route]))
    assert found.startswith(f"routes_first: no. 1: routes: {route} does not fit; allowed: report_")


@pytest.mark.parametrize("language", languages.supported())
def test_a_text_that_is_missing_in_a_promised_language_is_named(language):
    told = texts()
    del told[language]
    found = [one for one in faults(not_known=told) if "missing" in one]
    assert found[0].startswith(f"not_known: is missing in {language}; allowed: a text in en, ")


def test_a_text_that_was_only_copied_from_english_is_no_translation():
    told = {**content()["what"], "fi": content()["what"]["en"]}
    assert fault(what=told).startswith("what: fi: is the same as in English")


def test_a_block_that_is_too_long_for_a_phone_is_named_by_language():
    long = {code: f"{code} {'x' * 150}" for code in languages.supported()}
    what = {code: f"{code} {'x' * 190}" for code in languages.supported()}
    facts = [{**one, "text": long} for one in content()["facts"]]
    found = faults(what=what, facts=facts, not_known=long)
    assert [one.split(" ")[2] for one in found] == list(CITY.city.languages)
    assert all("allowed: 900, so shorten" in one for one in found)


def test_all_faults_are_named_at_once():
    found = faults(id="?", ends=None, facts=fact(at="x", source=""), later={"week": "x"})
    assert [one.split(": ")[0] for one in found] == ["ends", "id", "facts", "facts", "later"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "file: holds no fields"),
        ("- a\n- b\n", "file: holds no fields"),
        ("id: a\nid: b\n", "line 2: 'id' stands twice"),
        ("what:\n  en: a\n  fr: b\n  en: c\n", "line 4: 'en' stands twice"),
        ("a: &x 1\nb: *x\n", "file: holds an alias"),
        ("what: 'not closed\n", "line "),
        ("? [a]\n: b\n", "line 1: "),
        ("a: 1\n---\nb: 2\n", "line 2: "),
        pytest.param("[" * 5000, "file: RecursionError", id="too deep"),
        ("id: !!python/object/apply:os.system [ls]\n", ""),
    ],
)
def test_a_text_that_is_no_incident_file_is_named(text, named):
    if not named:
        assert form.parse(text) == {"id": ["ls"]}, "a tag does nothing"
        return
    with pytest.raises(FormError) as raised:
        form.parse(text)
    assert str(raised.value).startswith(named)
    assert "; allowed: " in str(raised.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path):
    (tmp_path / "a.yml").write_bytes(b"what: \xff\n")
    (tmp_path / "b.yml").write_bytes(b"#" * (form.MOST_BYTES + 1))
    for name, wrong in (("a.yml", "UTF-8"), ("b.yml", "too large"), ("c.yml", "No such file")):
        with pytest.raises(FormError, match=wrong):
            form.read(tmp_path / name)


def test_spaces_around_a_text_and_the_mark_of_another_editor_do_no_harm(tmp_path: Path):
    assert incident(what=texts("  x ")).what.in_language("en") == "x  (en)"
    told = (b"\xef\xbb\xbf" + EXAMPLE.read_bytes()).replace(b"\n", b"\r\n")
    (tmp_path / "a.yml").write_bytes(told)
    assert form.read(tmp_path / "a.yml") == form.read(EXAMPLE)


def test_numbers_and_dates_stay_as_they_were_written():
    told = form.parse("number: 0800 012\nday: 2026-11-20\nno: no\n")
    assert told == {"number": "0800 012", "day": "2026-11-20", "no": "no"}
