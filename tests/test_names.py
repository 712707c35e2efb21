"""A name of a person in a message is noticed, and nothing else is taken for one."""

from __future__ import annotations

import pytest
import yaml

from bot.privacy import names
from bot.settings import ROOT
from bot.words import languages

NAMED = {
    "en": "my pupil Ahmed has changed a lot",
    "fr": "mon élève Fatou ne parle plus",
    "nl": "Yusuf uit mijn klas is heel stil geworden",
    "ar": "تلميذي محمد تغير كثيرا",
    "de": "Jonas aus der 9b redet mit niemandem mehr",
    "es": "mi alumno Mohamed ha cambiado",
    "da": "Mads i min klasse er helt forandret",
    "sv": "min elev Elsa har förändrats",
    "fi": "oppilaani Pekka on muuttunut",
    "sk": "žiak Tomáš sa veľmi zmenil",
    "tr": "öğrencim Mehmet çok değişti",
    "uk": "моя учениця Олена дуже змінилася",
}
MOST_BY_MISTAKE = 0.03


@pytest.mark.parametrize("language", languages.supported())
def test_a_name_is_noticed_in_every_language(language):
    assert names.names_somebody(NAMED[language], language)


@pytest.mark.parametrize("language", languages.supported())
def test_hardly_any_message_is_held_up_by_mistake(language):
    # Of the messages for measuring, which were written apart, few name anybody.
    path = ROOT / "tests" / "nlu" / f"{language}.yml"
    texts = [line["text"] for line in yaml.safe_load(path.read_text(encoding="utf-8"))]
    found = [text for text in texts if names.names_somebody(text, language)]
    assert len(found) / len(texts) <= MOST_BY_MISTAKE, found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("أنا معلمة وأخاف على تلميذ عندي", "ar"),
        ("He talks about Israel all day", "en"),
        ("He will mark the papers in may", "en"),
        ("Kürt olduğum için hakaret ettiler", "tr"),
        ("AN ALLE: ICH BRAUCHE HILFE", "de"),
    ],
)
def test_a_word_that_could_be_a_name_is_none_here(text, language):
    assert not names.names_somebody(text, language)
