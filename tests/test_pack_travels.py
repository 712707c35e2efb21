"""A pack travels as one folder or one zip, with its licence, version and changelog."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from bot import command, settings
from bot.directory import companions

CITIES = pytest.mark.parametrize("city", settings.cities())


def run(*arguments: object) -> int:
    return command.main(["directory", *map(str, arguments)])


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@CITIES
@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_a_pack_goes_out_and_in_whole(city, name, tmp_path):
    out, again = tmp_path / name, tmp_path / city
    assert run("export", city, "--format", "csv", "--to", out) == 0
    assert run("import", out, "--to", again) == 0
    assert run("check", again) == 0
    for each in ("city.yml", "CHANGELOG.md"):
        assert (again / each).read_bytes() == (settings.CITIES / city / each).read_bytes()
    assert run("export", again, "--format", "csv", "--to", tmp_path / "more.zip") == 0
    assert run("export", tmp_path / "more.zip", "--format", "csv", "--to", tmp_path / "more") == 0
    assert content(tmp_path / "more") == content(again)


def test_a_licence_goes_along_when_there_is_one(tmp_path):
    shutil.copytree(settings.CITIES / "brussels", tmp_path / "town")
    (tmp_path / "town" / "LICENSE.txt").write_bytes(b"as you like")
    (tmp_path / "town" / "notes.txt").write_bytes(b"mine")
    assert run("export", tmp_path / "town", "--format", "csv", "--to", tmp_path / "out") == 0
    assert (tmp_path / "out" / "LICENSE.txt").read_bytes() == b"as you like"
    assert not (tmp_path / "out" / "notes.txt").exists()


def test_a_link_does_not_bring_a_file_from_elsewhere_along(tmp_path):
    shutil.copytree(settings.CITIES / "brussels", tmp_path / "town")
    (tmp_path / "secret").write_bytes(b"mine")
    (tmp_path / "town" / "LICENSE.txt").symlink_to(tmp_path / "secret")
    assert "LICENSE.txt" not in companions.of(tmp_path / "town")


def test_a_zipped_pack_is_checked_by_its_own_rules_too(tmp_path, capsys):
    source = settings.CITIES / "brussels"
    with zipfile.ZipFile(tmp_path / "town.zip", "w", zipfile.ZIP_DEFLATED) as made:
        for path in filter(Path.is_file, source.iterdir()):
            text = path.read_bytes().replace(b"country: BE", b"country: Belgium")
            made.writestr(f"brussels-main/{path.name}", text.replace(b"version:", b"edition:"))
    assert run("check", tmp_path / "town.zip") == 1
    told = capsys.readouterr().err.splitlines()
    assert any(line.startswith("town/city.yml: version: is missing") for line in told)
    assert any(line.startswith("town/city.yml: edition: is unknown") for line in told)


def test_nothing_is_left_of_a_zip_that_was_checked(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    assert run("export", "brussels", "--format", "csv", "--to", tmp_path / "town.zip") == 0
    assert run("check", tmp_path / "town.zip") == 0
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize("name", ["../city.yml", "/city.yml", "a/../../city.yml"])
def test_a_zip_that_leads_out_of_its_folder_is_refused(name, tmp_path, capsys):
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as made:
        made.writestr("services.csv", "id\n")
        made.writestr(name, "name: x\n")
    assert run("check", tmp_path / "bad.zip") == 1
    assert "leads out of the zip" in capsys.readouterr().err


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi")
)


@pytest.mark.parametrize("text", [BOMB, "[" * 5000, "version: 2026-13-45\n"])
def test_a_city_file_that_is_made_to_harm_is_a_fault(text, tmp_path, capsys):
    shutil.copytree(settings.CITIES / "brussels", tmp_path / "town")
    (tmp_path / "town" / "city.yml").write_text(text)
    assert run("check", tmp_path / "town") == 1
    assert "town/city.yml: file: " in capsys.readouterr().err
