"""Import and export write all or nothing, and replace only what they wrote before."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hsds_data import EXAMPLES, SERVICES, write

from bot.directory.hsds import transfer
from bot.directory.hsds.records import HsdsError

GOOD = EXAMPLES / "tabular"
FORMS = {"csv": "out", "json": "out.json", "zip": "out.zip"}


def export(source: Path, form: str, path: Path) -> None:
    transfer.export(transfer.read(source), "json" if form == "json" else "csv", path)


def content(path: Path) -> dict[str, bytes]:
    paths = path.rglob("*") if path.is_dir() else [path]
    return {each.name: each.read_bytes() for each in paths if each.is_file()}


@pytest.mark.parametrize("form", FORMS)
def test_data_with_a_fault_are_not_written(form, tmp_path):
    bad = write(tmp_path / "bad", services=SERVICES)
    with pytest.raises(HsdsError, match="organization_id"):
        export(bad, form, tmp_path / FORMS[form])
    with pytest.raises(HsdsError):
        transfer.import_(transfer.read(bad), tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["bad"]


@pytest.mark.parametrize("form", FORMS)
def test_an_earlier_export_is_replaced(form, tmp_path):
    path = tmp_path / FORMS[form]
    export(EXAMPLES.parent.parent / "data" / "cities" / "brussels", form, path)
    before = content(path)
    export(GOOD, form, path)
    after = content(path)
    assert after != before
    export(GOOD, form, path)
    assert content(path) == after
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_no_export_is_never_replaced(form, tmp_path):
    path = tmp_path / FORMS[form]
    if form == "csv":
        path.mkdir()
        (path / "letter.txt").write_text("mine")
    else:
        path.write_bytes(b"mine")
    before = content(path)
    with pytest.raises(HsdsError, match="is there already"):
        export(GOOD, form, path)
    assert content(path) == before


def test_an_export_that_somebody_put_a_file_into_is_kept(tmp_path):
    transfer.export(transfer.read(GOOD), "csv", tmp_path / "out")
    (tmp_path / "out" / "city.yml").write_text("mine")
    with pytest.raises(HsdsError, match="is there already"):
        transfer.import_(transfer.read(GOOD), tmp_path / "out")
    assert (tmp_path / "out" / "city.yml").read_text() == "mine"


def test_a_file_beside_the_tables_is_replaced_only_by_a_new_one(tmp_path):
    transfer.export(transfer.read(GOOD), "csv", tmp_path / "out", {"city.yml": b"old"})
    with pytest.raises(HsdsError, match="is there already"):
        transfer.export(transfer.read(GOOD), "csv", tmp_path / "out")
    transfer.export(transfer.read(GOOD), "csv", tmp_path / "out", {"city.yml": b"new"})
    assert (tmp_path / "out" / "city.yml").read_bytes() == b"new"


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "out").mkdir()
    transfer.import_(transfer.read(GOOD), tmp_path / "out")
    assert (tmp_path / "out" / "services.csv").is_file()


@pytest.mark.parametrize("call", ["fsync", "rename"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_whatever_stops_the_writing_leaves_what_was_there(call, error, tmp_path, monkeypatch):
    transfer.import_(transfer.read(EXAMPLES / "every_table.json"), tmp_path / "out")
    before = content(tmp_path / "out")

    def fail(source: Path, *_: object) -> None:
        if call == "fsync" or Path(source).name == "new":
            raise error

    whole = {"fsync": os.fsync, "rename": Path.rename}[call]
    place = {"fsync": os, "rename": Path}[call]

    def failing(source: Path, *rest: object) -> object:
        fail(source)
        return whole(source, *rest)

    monkeypatch.setattr(place, call, failing)
    with pytest.raises((HsdsError, KeyboardInterrupt)):
        transfer.import_(transfer.read(GOOD), tmp_path / "out")
    assert content(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_is_not_there_or_may_not_be_written_is_told(tmp_path):
    for path in (tmp_path / "no" / "out", Path("/proc/out")):
        with pytest.raises(HsdsError, match="cannot be used"):
            transfer.import_(transfer.read(GOOD), path)
        with pytest.raises(HsdsError, match="cannot be used"):
            transfer.export(transfer.read(GOOD), "json", path)


def test_a_link_is_not_followed_when_a_folder_is_replaced(tmp_path):
    transfer.import_(transfer.read(GOOD), tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(HsdsError, match="is there already"):
        transfer.import_(transfer.read(GOOD), tmp_path / "link")


def test_a_folder_can_be_imported_onto_itself(tmp_path):
    transfer.import_(transfer.read(GOOD), tmp_path / "out")
    before = content(tmp_path / "out")
    transfer.import_(transfer.read(tmp_path / "out"), tmp_path / "out")
    assert content(tmp_path / "out") == before


def test_an_export_says_what_it_is_and_what_a_spreadsheet_would_do(tmp_path):
    transfer.export(transfer.read(GOOD), "csv", tmp_path / "out")
    note = (tmp_path / "out" / "README.txt").read_text()
    assert "docs.openreferral.org" in note
    assert "spreadsheet" in note
