"""No sentence that people are shown uses words that hurt, blame, promise too much or frighten."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.settings import ROOT
from bot.words import catalogue, languages, reading, rules_of_wording, shown, wording
from bot.words.rules_of_wording import KINDS, Rule, plainly, rulebook
from bot.words.shown import Shown

LANGUAGES = list(languages.table())
FEWEST_OF_A_KIND = 2


RULES = [(code, rule) for code in LANGUAGES for rule in rulebook(code).rules]
EACH_LANGUAGE = pytest.mark.parametrize("code", LANGUAGES)
OF_EACH_RULE = pytest.mark.parametrize(
    ("code", "rule"), RULES, ids=[f"{code}-{rule.kind}-{n}" for n, (code, rule) in enumerate(RULES)]
)
# One fault for each language, not taken from the samples of the rules.
PLANTED = {
    "en": "Her brother committed suicide in May.",
    "fr": "Son frère a commis un suicide en mai.",
    "nl": "Haar broer heeft in mei zelfmoord gepleegd.",
    "ar": "ارتكب أخوها جريمة الانتحار.",
    "de": "Ihr Bruder hat im Mai Selbstmord begangen.",
    "es": "Su hermano cometió suicidio en mayo.",
    "da": "Hendes bror begik selvmord i maj.",
    "sv": "Hennes bror begick självmord i maj.",
    "fi": "Hänen veljensä teki itsemurhan toukokuussa.",
    "sk": "Jej brat spáchal v máji samovraždu.",
    "tr": "Kardeşi mayısta intihar etti.",
    "uk": "Її брат скоїв самогубство у травні.",
}


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("locales", "data/cities", "data/wording"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.setattr(catalogue, "LOCALES", tmp_path / "locales")
    monkeypatch.setattr(shown, "CITIES", tmp_path / "data" / "cities")
    monkeypatch.setattr(shown, "ROOT", tmp_path)
    monkeypatch.setattr(rules_of_wording, "FOLDER", tmp_path / "data" / "wording")
    rulebook.cache_clear()
    yield tmp_path
    rulebook.cache_clear()


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_no_sentence_that_people_are_shown_uses_banned_wording_or_is_too_hard():
    assert wording.faults() == []


@OF_EACH_RULE
def test_a_rule_catches_what_it_must_and_leaves_what_is_near(code: str, rule: Rule):
    assert len(rule.catches) >= 2 <= len(rule.leaves)
    missed = [sample for sample in rule.catches if not rule.pattern.search(plainly(sample))]
    assert missed == []
    caught = [sample for sample in rule.leaves if rule.pattern.search(plainly(sample))]
    assert caught == []


@OF_EACH_RULE
def test_a_near_sentence_offends_against_no_other_rule_either(code: str, rule: Rule):
    offences = {
        s: [found.words for found in wording.found_in(s, rulebook(code))] for s in rule.leaves
    }
    assert not any(offences.values()), offences


@EACH_LANGUAGE
def test_every_language_has_rules_of_every_kind(code: str):
    for kind in KINDS:
        found = [rule for rule in rulebook(code).rules if rule.kind == kind]
        assert len(found) >= FEWEST_OF_A_KIND, f"{code}: {kind}"
    patterns = [rule.pattern.pattern for rule in rulebook(code).rules]
    assert len(set(patterns)) == len(patterns)


@EACH_LANGUAGE
def test_every_rule_file_says_whether_a_native_speaker_has_read_it(code: str):
    text = (ROOT / "data" / "wording" / f"{code}.yml").read_text("utf-8")
    assert rulebook(code).reviewed_by == "none"
    assert "not yet reviewed by a native speaker" in text


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_a_fault_planted_in_a_catalogue_is_named(copy: Path, code: str):
    path = copy / "locales" / code / "LC_MESSAGES" / "messages.po"
    before = wording.wording_faults(shown.translations(code), {code: rulebook(code)})
    with path.open("a", encoding="utf-8") as file:
        file.write(f'\nmsgid "Planted."\nmsgstr "{PLANTED[code]}"\n')
    after = wording.wording_faults(shown.translations(code), {code: rulebook(code)})
    (fault,) = set(after) - set(before)
    assert fault.startswith(f'locales/{code}/LC_MESSAGES/messages.po: "{plainly(PLANTED[code])}"')
    assert "suicide_words" in fault
    assert "as of a crime" in fault


def test_a_fault_in_an_english_sentence_is_named_with_its_file():
    texts = [Shown("bot/words/texts.py", "en", f"Hello. {PLANTED['en']} Goodbye.")]
    found = wording.wording_faults(texts, {"en": rulebook("en")})
    assert found[0].startswith(f'bot/words/texts.py: "{PLANTED["en"]}": suicide_words: "committed')


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("translations.csv", "\n", f"\nx,service,x,description,fr,{PLANTED['fr']},none\n"),
        ("services.csv", "Volunteers listen to", f"{PLANTED['en']} Volunteers listen to"),
        ("city.yml", "Finnish", ""),
    ],
)
def test_a_fault_planted_in_a_city_pack_is_named(copy: Path, file: str, old: str, new: str):
    path = copy / "data" / "cities" / "brussels" / file
    books = {code: rulebook(code) for code in LANGUAGES}
    before = wording.wording_faults(shown.city_texts(), books)
    if file == "city.yml":
        with path.open("a", encoding="utf-8") as end:
            end.write(f"\nplanted: {{en: ['Good.', {{title: '{PLANTED['en']}'}}]}}\n")
    else:
        replace(path, old, new)
    (fault,) = set(wording.wording_faults(shown.city_texts(), books)) - set(before)
    assert fault.startswith(f"data/cities/brussels/{file}: ")
    assert "suicide_words" in fault


def test_texts_of_later_files_of_a_pack_are_found_however_deep(copy: Path):
    path = copy / "data" / "cities" / "denver" / "guidance" / "one.yml"
    path.parent.mkdir()
    text = {"steps": [{"text": {"fi": PLANTED["fi"], "nl": "Goed."}, "id": "one"}]}
    path.write_text(yaml.safe_dump(text, allow_unicode=True), "utf-8")
    (fault,) = wording.wording_faults(shown.city_texts(), {"fi": rulebook("fi")})
    assert fault.startswith(
        f'data/cities/denver/guidance/one.yml: "{PLANTED["fi"]}": suicide_words'
    )


def allow(copy: Path, code: str, sentence: str, kind: str = "suicide_words") -> None:
    line = {"allowed": [{"kind": kind, "sentence": sentence, "reason": "For this test."}]}
    path = copy / "data" / "wording" / f"{code}.yml"
    told = path.read_text(encoding="utf-8")
    before = told[: told.index("\nallowed:")]
    added = yaml.safe_dump(line, allow_unicode=True, width=1000)
    path.write_text(f"{before}\n{added}", encoding="utf-8")


def test_a_whole_sentence_may_be_allowed_and_nothing_beside_it(copy: Path):
    allow(copy, "en", PLANTED["en"])
    books = {"en": rulebook("en")}
    alone = Shown("a.py", "en", f"Yes. {PLANTED['en']}")
    assert wording.wording_faults([alone], books) == []
    changed = Shown("a.py", "en", PLANTED["en"].replace("May", "June"))
    assert len(wording.wording_faults([alone, changed], books)) == 1


def test_an_allowance_holds_for_its_own_kind_only(copy: Path):
    allow(copy, "en", PLANTED["en"], "blame")
    found = wording.wording_faults([Shown("a.py", "en", PLANTED["en"])], {"en": rulebook("en")})
    assert len(found) == 2


@EACH_LANGUAGE
def test_an_allowed_sentence_that_is_not_said_is_named(copy: Path, code: str):
    allow(copy, code, "Nobody says this.")
    (fault,) = wording.wording_faults([Shown("a.py", code, "Yes.")], {code: rulebook(code)})
    assert fault.startswith(f'data/wording/{code}.yml: allowed: "Nobody says this."')
    assert "take the line away" in fault


@pytest.mark.parametrize("disguise", ["’", "\u200b", "\u00ad", "\u2068"])
def test_signs_that_nobody_sees_hide_nothing(disguise: str):
    text = "Why didn't you tell?".replace("'", "’") if disguise == "’" else f"Calm{disguise} down."
    assert list(wording.found_in(text, rulebook("en")))


def test_arabic_is_read_without_its_short_vowels():
    assert list(wording.found_in("هٰذَا ذَنْبُكَ.", rulebook("ar")))


def test_a_person_may_say_on_a_button_what_the_program_may_not():
    said = "I am worried about someone"
    books = {"en": rulebook("en")}
    assert wording.wording_faults([Shown("a.py", "en", said, is_label=True)], books) == []
    assert len(wording.wording_faults([Shown("a.py", "en", said)], books)) == 1


def test_every_fault_of_a_rule_file_is_named_at_once(copy: Path):
    path = copy / "data" / "wording" / "nl.yml"
    content = yaml.safe_load(path.read_text("utf-8"))
    content["rules"]["blame"][0]["pattern"] = "(open"
    content["rules"]["blame"][1]["leaves"] = ["One only."]
    content["rules"]["threat"][0]["pattern"] = "a*"
    content["rules"]["threat"][1] = {"pattern": "x"}
    content["rules"]["alarm"] = []
    content["rules"]["manners"] = content["rules"]["labels"]
    content["rules"]["profiling"] = "none"
    content["allowed"] = [{"kind": "manners", "sentence": "x", "reason": "y"}, "x"]
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    found = [fault for fault in wording.faults() if fault.startswith("data/wording/nl.yml: ")]
    for wrong in (
        *("blame: (open: is no regular", "2 sentences or more", "threat: a*: finds something"),
        *(
            "just pattern, reason",
            "alarm: has no rules",
            "profiling: has no rules",
            "yml: manners: no such kind",
        ),
        *("allowed: manners: no such kind", "allowed: 'x': wanted are kind"),
    ):
        assert sum(wrong in fault for fault in found) == 1, (wrong, found)
    assert len(found) == 9


def test_a_missing_rule_file_is_named_beside_the_faults_of_other_languages(copy: Path):
    (copy / "data" / "wording" / "fi.yml").unlink()
    allow(copy, "sv", "Ingen säger detta.")
    found = wording.faults()
    assert [fault.split(":")[0] for fault in found] == [
        "data/wording/fi.yml",
        "data/wording/sv.yml",
    ]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("data/cities/denver/city.yml", "a: [b"),
        ("locales/fr/LC_MESSAGES/messages.po", 'msgid "a"\nmsgstr[5] "b"\nmsgstr "c"\nx\n'),
        ("data/wording/reading.yml", None),
    ],
)
def test_a_file_that_cannot_be_read_is_named(copy: Path, file: str, text: str | None, monkeypatch):
    if text is None:
        monkeypatch.setattr(reading, "FOLDER", copy / "data" / "wording")
        text = "most_words: 3"
    (copy / file).write_text(text, "utf-8")
    reading.bars.cache_clear()
    try:
        (fault,) = wording.faults()
    finally:
        monkeypatch.undo()
        reading.bars.cache_clear()
    assert fault.startswith(f"{file}: cannot be read")


def test_the_command_says_that_all_is_well():
    done = subprocess.run(
        [sys.executable, "-m", "bot.words.wording"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Wording: 0 faults in 12 languages." in done.stdout
