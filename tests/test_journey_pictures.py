"""Pictures of journeys show recorded replies as a person sees them, readable for weak eyes."""

from __future__ import annotations

import re
import shutil

import pytest
from PIL import Image

from bench.journeys import page, picture, reading

BROWSER = next(filter(None, map(shutil.which, picture.BROWSERS)), None)
NEEDS_A_BROWSER = pytest.mark.skipif(BROWSER is None, reason="Chromium is not on this machine")
# https://www.w3.org/TR/WCAG22/#contrast-minimum: 4.5 for text; 7 is the enhanced level.
ENOUGH = 7
PAIRS = (("ink", "paper"), ("own-ink", "own"), ("key-ink", "key"), ("own", "paper"))
RECORDED = """
> je cherche un logement
< Ces services vous aident.
<
* Un & Deux
< Tel <1>
<
* Trois
< Langues
<
* Quatre
<
< Encore 4.
+ Plus | 🌐 Langue

[Langue]
< Laquelle ?

[العربية]
Now in ar
< مرحبا
"""


def drawn(content: str = RECORDED, language: str = "fr") -> str:
    return page.page(reading.parse(f"a-flat.{language}.txt", content)).split("<body>")[1]


def luminance(colour: str) -> float:
    # https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear))


@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_weak_eyes_can_read_a_picture(front, back):
    style = page.STYLE.read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", style))
    light, dark = sorted((luminance(colours[name]) for name in (front, back)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= ENOUGH


def test_a_reply_is_drawn_with_bold_names_buttons_and_what_was_pressed():
    shown = drawn()
    assert "<b>Un &amp; Deux</b><br>Tel &lt;1&gt;" in shown
    assert '<p class="own pressed" dir=auto>Langue</p>' in shown
    assert "<span class=key>Plus</span><span class=key>🌐 Langue</span>" in shown


def test_of_many_services_one_is_drawn_and_dots_tell_that_others_are_left_out():
    shown = drawn()
    assert shown.count("<b>") == 1
    assert shown.count(page.LEFT_OUT) == 1
    assert shown.index("Un &amp;") < shown.index(page.LEFT_OUT) < shown.index("Encore 4.")


def test_a_language_from_the_right_runs_from_the_right():
    assert 'lang="ar" dir="rtl"><p>مرحبا' in drawn()
    whole = page.page(reading.parse("a-flat.ar.txt", "> مرحبا\n< مرحبا"))
    assert '<html lang="ar" dir="rtl">' in whole


def test_without_chromium_one_sentence_says_what_to_do(monkeypatch, capsys):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert picture.main([]) == 1
    said = capsys.readouterr().err
    assert "Chromium is not on this machine" in said
    assert "apt-get install chromium" in said


def test_a_journey_without_a_reply_is_not_drawn(tmp_path):
    path = tmp_path / "a-flat.en.txt"
    path.write_text("> hello\n< Hello.\n[Yes]\n", encoding="utf-8")
    with pytest.raises(picture.PictureError, match=r"a-flat\.en\.txt:3: has no reply"):
        picture.draw(path, "no browser is asked")


def test_a_browser_that_draws_nothing_is_named(tmp_path):
    path = tmp_path / "a-flat.en.txt"
    path.write_text("> hello\n< Hello.\n", encoding="utf-8")
    with pytest.raises(picture.PictureError, match="drew nothing"):
        picture.draw(path, "true")


def test_a_picture_that_stays_too_heavy_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(picture, "HEAVIEST_BYTES", 10)
    with pytest.raises(picture.PictureError, match="heavier"):
        picture.save(Image.new("RGB", (50, 50)), tmp_path / "one.png")
    assert not list(tmp_path.iterdir())


@NEEDS_A_BROWSER
def test_chromium_draws_a_picture_that_is_cut_below_the_chat(tmp_path):
    path = tmp_path / "a-flat.fr.txt"
    path.write_text(RECORDED, encoding="utf-8")
    with Image.open(picture.draw(path, BROWSER)) as image:
        assert image.width == picture.WIDTH * picture.SCALE
        assert 600 < image.height < 2000
        # The wall of the chat, not the white below it, is the last row.
        assert image.convert("RGB").getpixel((5, image.height - 1)) != (255, 255, 255)


@pytest.mark.parametrize("path", sorted(picture.PICTURES.glob("*.txt")), ids=lambda path: path.stem)
def test_every_recorded_journey_of_the_docs_has_its_picture(path):
    image = path.with_suffix(".png")
    assert image.exists(), "make pictures"
    assert image.stat().st_size < picture.HEAVIEST_BYTES
