"""Short follow-ups are recognised in every language; needs and cries never are."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import yaml

from bot import settings
from bot.directory import pack
from bot.followups import phrases, recogniser
from bot.followups.recogniser import FollowUp
from bot.settings import ROOT
from bot.words import languages

LANGUAGES = pytest.mark.parametrize("language", languages.supported())
PLACES = tuple(name for city in settings.cities() for name in pack.load(city).city.district_names)
KINDS = {kind for kind in phrases.SIMPLE} | {"closer", "write_in", "speaks"}
RECALL, FALSE_NEEDS = 0.9, 0.03


@cache
def measured(language: str) -> dict[str, Any]:
    return yaml.safe_load((ROOT / "tests" / "followups" / f"{language}.yml").read_text("utf-8"))


def found(text: str, language: str = "en") -> FollowUp | None:
    return recogniser.find(text, language, PLACES)


def wanted(label: str) -> tuple[str, str]:
    kind, _, value = label.partition(" ")
    if kind in phrases.COMING_DAYS:
        return "day", kind
    return ("day" if kind == "weekday" else kind), value


def fits(text: str, language: str, label: str) -> bool:
    kind, value = wanted(label)
    given = found(text, language)
    if given is None or given.kind != kind:
        return False
    return bool(given.value) if kind == "closer" else given.value == value


@LANGUAGES
def test_nine_of_ten_follow_ups_are_recognised(language):
    asked = [
        (text, label) for label, texts in measured(language)["follow_ups"].items() for text in texts
    ]
    missed = [(text, label) for text, label in asked if not fits(text, language, label)]
    assert len(asked) >= 60
    assert 1 - len(missed) / len(asked) >= RECALL, missed


@LANGUAGES
def test_a_need_is_no_follow_up(language):
    needs = measured(language)["needs"]
    taken = [(text, found(text, language)) for text in needs if found(text, language)]
    assert len(needs) >= 30
    assert len(taken) / len(needs) <= FALSE_NEEDS, taken


@LANGUAGES
def test_a_cry_is_never_taken_for_a_follow_up(language):
    cries = measured(language)["dangerous"]
    taken = [(text, found(text, language)) for text in cries if found(text, language)]
    assert len(cries) >= 30
    assert not taken


@LANGUAGES
def test_no_cry_that_is_measured_elsewhere_is_taken_for_a_follow_up(language):
    file = ROOT / "tests" / "urgent" / f"{language}.yml"
    told = yaml.safe_load(file.read_text("utf-8"))["must_fire"]
    cries = [text for texts in told.values() for text in texts]
    assert len(cries) > 50
    assert not [(text, found(text, language)) for text in cries if found(text, language)]


@LANGUAGES
def test_enough_of_every_kind_is_measured(language):
    counted: dict[str, int] = {}
    for label, texts in measured(language)["follow_ups"].items():
        kind, _ = wanted(label)
        counted[kind] = counted.get(kind, 0) + len(texts)
    assert set(counted) == {*KINDS, "day"}
    assert min(counted.values()) >= 6, counted


@LANGUAGES
def test_every_day_is_known_by_its_name(language):
    for number in range(7):
        for name in phrases.day_names(language, number):
            assert found(name, language) == FollowUp("day", str(number), language), name


@pytest.mark.parametrize(
    ("text", "language", "kind", "value"),
    [
        ("und am so?", "de", "day", "6"), ("v nedeľu", "sk", "day", "6"),
        ("у неділю", "uk", "day", "6"), ("pazar günü", "tr", "day", "6"),
        ("الأحد", "ar", "day", "6"), ("Et le dimanche ?", "fr", "day", "6"),
        ("SUNDAAAY???", "en", "day", "6"), ("sunady", "en", "day", "6"),
        ("y el domingo?", "en", "day", "6"), ("in turkish", "nl", "write_in", "tr"),
        ("türkçe", "en", "write_in", "tr"), ("turkish?", "en", "language", "tr"),
        ("does anyone there speak polish", "en", "speaks", "pl"),
        ("closer to Molenbeek", "en", "closer", "molenbeek"),
        ("plus près d'Ixelles", "fr", "closer", "ixelles"),
        ("daha yakın Schaerbeek’e", "tr", "closer", "schaerbeek"),
        ("tættere på Åbyhøj", "da", "closer", "aabyhoej"),
        ("something closer?", "en", "closer", ""),
        ("de er her nu", "da", "", ""), ("heute nacht ist es vorbei", "de", "", ""),
        ("corred", "es", "", ""), ("they are here now", "en", "", ""),
        ("je blízko mňa", "sk", "", ""),
        ("b a c k", "en", "", ""), ("", "en", "", ""), ("?", "en", "", ""), ("so", "de", "", ""),
        ("und so", "de", "", ""), ("stop stop", "en", "", ""), ("stop him", "en", "", ""),
        ("please make it stop", "en", "", ""), ("i want it to stop", "en", "", ""),
        ("my husband beats me on Sundays", "en", "", ""), ("delete me", "en", "", ""),
        ("no more sundays", "en", "", ""), ("not tomorrow", "en", "", ""),
        ("I need a doctor on Sunday", "en", "", ""), ("they come sunday", "en", "", ""),
        ("sunday " * 900, "en", "", ""), ("in " * 60, "en", "", ""),
    ],
)  # fmt: skip
def test_what_a_short_message_is(text, language, kind, value):
    given = found(text, language)
    assert (given.kind, given.value) == (kind, value) if kind else given is None


# Said to the assistant, these may be meant for somebody else, or for a life.
DESPAIR = {
    "en": ["end it", "i want to end it", "im done", "it doesnt matter anymore", "i cant go on"],
    "fr": ["c'est fini", "j'arrête", "on en finit", "ils sont là", "tant pis"],
    "nl": ["einde", "ik ben klaar", "hij is dichtbij", "stop hem"],
    "ar": ["انتهى", "كفاية", "هو هون", "امسحني"],
    "de": ["ende", "ich bin fertig", "es soll enden", "hör auf", "die sind da", "lass mich"],
    "es": ["ya no", "para ya", "se acabó", "déjame", "corred"],
    "da": ["slut", "det er slut", "jeg er færdig", "han er tæt på"],
    "sv": ["det är slut", "jag är klar", "sluta"],
    "fi": ["loppu", "se on loppu", "riittää", "on lähellä"],
    "sk": ["koniec", "dosť", "je tu", "je blízko mňa"],
    "tr": ["son", "bırak beni", "yeter", "yakınımda", "her şeyi bitir"],
    "uk": ["досить", "кінець", "вони там", "він поруч", "біля мене"],
}


@LANGUAGES
def test_a_word_of_despair_is_no_goodbye(language):
    assert not [
        (text, found(text, language)) for text in DESPAIR[language] if found(text, language)
    ]


CLOSER = {
    "en": "closer to {}", "fr": "plus près de {}", "nl": "dichter bij {}", "ar": "أقرب إلى {}",
    "de": "näher an {}", "es": "más cerca de {}", "da": "tættere på {}", "sv": "närmare {}",
    "fi": "lähempänä {}", "sk": "bližšie k {}", "tr": "{}'e daha yakın", "uk": "ближче до {}",
}  # fmt: skip


@LANGUAGES
@pytest.mark.parametrize("city", settings.cities())
def test_closer_to_any_district_of_any_city_is_understood(city, language):
    here = pack.load(city).city
    for district in here.districts.values():
        for name in (*district.names.values(), *district.aliases):
            text = CLOSER[language].format(name.lower())
            given = recogniser.find(text, language, here.district_names)
            assert given == FollowUp("closer", district.id, language), text


@LANGUAGES
def test_the_phrases_of_a_language_have_no_faults(language):
    content = yaml.safe_load((phrases.FOLDER / f"{language}.yml").read_text("utf-8"))
    assert list(phrases.faults(language, content)) == []


def test_every_fault_of_the_phrases_is_named_at_once():
    content = yaml.safe_load((phrases.FOLDER / "en.yml").read_text("utf-8"))
    content["back"] = ["back", "stop", True, "", "a b c d e f g h i"]
    content["stop"] = "stop"
    content["weekdays"] = {"someday": ["soon"], "monday": "mon"}
    content["languages"] = []
    told = "\n".join(phrases.faults("en", content))
    for named in ("back: True", "back: ''", "a b c d e f g h i", "stop: 'stop'", "someday"):
        assert named in told
    assert "weekdays: monday: 'mon'" in told
    assert "languages: []" in told
    content = {"back": ["back"]}
    assert "allowed: just back, beside_a_day" in "\n".join(phrases.faults("en", content))


def test_two_kinds_may_not_share_a_phrase():
    content = yaml.safe_load((phrases.FOLDER / "en.yml").read_text("utf-8"))
    content["stop"].append("Back!")
    told = list(phrases.faults("en", content))
    assert told == ["data/phrases/en.yml: 'back' stands under back, stop; allowed: one place"]


def test_all_faults_of_all_files_stop_the_reading(monkeypatch):
    monkeypatch.setattr(phrases, "FOLDER", ROOT / "data" / "neutral")
    phrases.tables.cache_clear()
    with pytest.raises(phrases.PhrasesError) as raised:
        phrases.tables()
    phrases.tables.cache_clear()
    assert all(f"{code}.yml" in str(raised.value) for code in languages.supported())
