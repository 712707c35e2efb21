"""What is exported is imported the same: CSV, zip and JSON, and each by way of the other."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hsds_data import EXAMPLES, Maker
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.directory.hsds import checks, documents, tabular, transfer
from bot.directory.hsds.records import Dataset
from bot.settings import CITIES

WITHOUT_SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TEXTS = st.lists(
    st.text(WITHOUT_SIGNS, min_size=1, max_size=20).filter(
        lambda text: text.strip() and text[0] not in "=+-@\t\r"
    ),
    max_size=6,
)
ODD = ['"', "a,b", "two\nlines", "a\rb", " x ", "[1,2]", '{"a":1.5}', "[1, 2]", "007", "null"]
SOURCES = {
    "tabular": EXAMPLES / "tabular",
    "JSON": EXAMPLES / "every_table.json",
    "Brussels": CITIES / "brussels",
}


def cells(dataset: Dataset) -> dict[str, Any]:
    return {
        name: (table.columns, [row.values for row in table.rows])
        for name, table in dataset.tables.items()
    }


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_every_export_is_imported_to_the_same_export(source, tmp_path):
    transfer.import_(transfer.read(source), tmp_path / "first")
    transfer.export(transfer.read(tmp_path / "first"), "json", tmp_path / "first.json")
    transfer.import_(transfer.read(tmp_path / "first.json"), tmp_path / "second")
    transfer.export(transfer.read(tmp_path / "second"), "json", tmp_path / "second.json")
    transfer.export(transfer.read(tmp_path / "second"), "csv", tmp_path / "third.zip")
    transfer.import_(transfer.read(tmp_path / "third.zip"), tmp_path / "third")
    transfer.export(transfer.read(tmp_path / "third"), "csv", tmp_path / "fourth.zip")

    assert bytes_of(tmp_path / "second") == bytes_of(tmp_path / "first")
    assert bytes_of(tmp_path / "third") == bytes_of(tmp_path / "first")
    assert (tmp_path / "second.json").read_bytes() == (tmp_path / "first.json").read_bytes()
    assert (tmp_path / "fourth.zip").read_bytes() == (tmp_path / "third.zip").read_bytes()


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), TEXTS)
def test_nothing_of_any_dataset_is_lost_in_either_form(seed, texts):
    made = Maker(seed, [*texts, *ODD]).dataset()
    assert list(checks.faults(made)) == []
    written = tabular.write(made)
    again = Dataset()
    for name, content in written.items():
        sheet = tabular.sheet_of(content, name)
        assert sheet.faults == []
        assert list(tabular._take(again, name, sheet)) == []
    assert cells(again) == cells(made)
    assert tabular.write(again) == written


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), TEXTS)
def test_json_brings_every_cell_column_and_row_back_in_its_order(tmp_path_factory, seed, texts):
    made = Maker(seed, [*texts, *ODD]).dataset()
    path = tmp_path_factory.mktemp("json") / "all.json"
    path.write_text(documents.write(made), encoding="utf-8", newline="")
    read, faults = documents.read(path)
    assert faults == []
    assert cells(read) == cells(made)
    assert documents.write(read) == path.read_text(encoding="utf-8")


def test_the_example_has_every_table():
    dataset, faults = transfer.load(EXAMPLES / "every_table.json")
    assert faults == []
    assert len(dataset.tables) == 21
    assert dataset.unknown() == set()


@pytest.mark.parametrize("form", ["one", "list", "page", "lines", "organization", "join"])
def test_services_are_read_in_every_shape_that_apis_give(form, tmp_path):
    page = json.loads((EXAMPLES / "every_table.json").read_text(encoding="utf-8"))
    service = page["contents"][0]
    organization = {**service["organization"], "services": [{**service, "organization": None}]}
    join = {**service["service_at_locations"][0], "service": service}
    value = {"list": [service], "page": {"contents": [service]}, "organization": organization}
    text = json.dumps({**value, "join": [join]}.get(form, service))
    path = tmp_path / "given.json"
    path.write_text(f"{text}\n{text}\n" if form == "lines" else text, encoding="utf-8")

    dataset, faults = transfer.load(path)

    assert faults == []
    assert len(dataset.tables) == 20
    assert [row["organization_id"] for row in dataset.rows("services")] == [
        service["organization"]["id"]
    ]


def test_a_service_holds_all_that_belongs_to_it(tmp_path):
    transfer.import_(transfer.read(EXAMPLES / "every_table.json"), tmp_path / "all")
    transfer.export(transfer.read(tmp_path / "all"), "json", tmp_path / "all.json")
    before = json.loads((EXAMPLES / "every_table.json").read_text(encoding="utf-8"))
    after = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    # The one reference that the place of an object does not tell.
    organization = after["contents"][0]["program"].pop("organization_id")
    assert organization == after["contents"][0]["organization"]["id"]
    assert after["contents"] == before["contents"]


def test_a_large_organization_stands_in_full_once_and_shortly_later(tmp_path):
    shutil.copytree(EXAMPLES / "tabular", tmp_path / "city")
    with (tmp_path / "city" / "phones.csv").open("a") as file:
        file.write("30000000-0000-4000-8000-000000000009,,1,,\n")
    (tmp_path / "city" / "funding.csv").write_text(
        "id,organization_id,source\n50000000-0000-4000-8000-000000000001,"
        "10000000-0000-4000-8000-000000000001,Gifts\n"
    )
    transfer.export(transfer.read(tmp_path / "city"), "json", tmp_path / "city.json")
    first, second = json.loads((tmp_path / "city.json").read_text())["contents"]
    assert first["organization"]["funding"][0]["source"] == "Gifts"
    assert second["organization"]["name"] == "Open Hand"
    assert "funding" not in second["organization"]


def test_numbers_are_numbers_in_json_and_keep_their_writing(tmp_path):
    transfer.export(transfer.read(EXAMPLES / "tabular"), "json", tmp_path / "all.json")
    page = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    papers = page["contents"][0]
    assert papers["cost_options"][0]["amount"] == 10.5
    assert papers["minimum_age"] == 16
    assert papers["house number"] == "007"
    assert page["contents"][1]["phones"][0]["links"] == [{"label": "chat"}]
    transfer.import_(transfer.read(tmp_path / "all.json"), tmp_path / "again")
    assert "10.50" in (tmp_path / "again" / "cost_options.csv").read_text()
