"""HSDS 2 and home-made spreadsheets become HSDS 3 by a mapping; a wrong mapping is told at once."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

import pytest
import yaml
from hsds_data import EXAMPLES, write

from bot.directory.hsds import older, tabular, transfer
from bot.directory.hsds.mapping import SUPPLIED, load
from bot.directory.hsds.records import Dataset, HsdsError
from bot.settings import ROOT

SHEET = EXAMPLES / "spreadsheet"
NAMESPACE = "7b0a0f0e-5f0c-4d0e-9a57-0d3b7a6c9f10"


def imported(source: Path, mapped: str) -> Dataset:
    dataset, faults = transfer.load(source, mapped)
    assert faults == []
    return dataset


def cells(dataset: Dataset, table: str, *names: str) -> list[tuple[str, ...]]:
    return [tuple(row[name] for name in names) for row in dataset.rows(table)]


def test_hsds_2_keeps_every_fact_in_its_new_place():
    found = imported(EXAMPLES / "hsds-2", "hsds-2")
    assert cells(found, "organizations", "name", "website") == [
        ("Old House", "https://example.org")
    ]
    assert cells(found, "services", "name", "eligibility_description", "fees_description") == [
        ("Soup", "Adults\nWho is hungry", ""),
        ("Bread", "", "cash"),
    ]
    assert cells(found, "services", "minimum_age", "maximum_age")[0] == ("18", "99")
    assert cells(found, "schedules", "freq", "byday", "opens_at", "description") == [
        ("", "", "", "Every evening"),
        ("WEEKLY", "MO", "18:00", ""),
        ("WEEKLY", "TU,WE", "09:00", ""),
        ("", "", "", "Closed"),
    ]
    assert cells(found, "addresses", "address_1", "address_type", "address_3") == [
        ("Old street 1", "physical", "Yard"),
        ("Box 3", "postal", ""),
    ]
    assert cells(found, "languages", "name") == [("French",), ("Dutch",)]
    assert cells(found, "accessibility", "description", "details") == [("ramp", "At the back")]
    assert cells(found, "taxonomy_terms", "name", "taxonomy") == [
        ("Food", "Needs"),
        ("Warmth", "Needs"),
    ]
    assert len(found.rows("attributes")) == 4
    assert found.unknown() == set()


def test_references_stay_true_when_ids_become_uuids():
    found = imported(EXAMPLES / "hsds-2", "hsds-2")
    (house,) = found.rows("organizations")
    assert {row["organization_id"] for row in found.rows("services")} == {house["id"]}
    assert found.rows("taxonomy_terms")[1]["parent_id"] == found.rows("taxonomy_terms")[0]["id"]
    assert uuid.UUID(house["id"]).version == 5
    again = imported(EXAMPLES / "hsds-2", "hsds-2")
    assert [row["id"] for row in again.rows("services")] == [
        row["id"] for row in found.rows("services")
    ]


def test_hsds_2_without_its_mapping_names_the_mapping():
    _, faults = transfer.load(EXAMPLES / "hsds-2")
    assert any("--mapping hsds-2" in str(fault) for fault in faults)


def test_a_spreadsheet_line_becomes_rows_of_several_tables():
    found = imported(SHEET, str(SHEET / "mapping.yml"))
    assert cells(found, "services", "name", "assured_date") == [
        ("Soep", "2026-11-03"),
        ("Kleren", "2026-11-04"),
    ]
    assert cells(found, "services", "description")[1] == ("Eén tas per maand",)
    assert len(found.rows("organizations")) == 1
    assert cells(found, "languages", "code", "name") == [
        ("nl", "Dutch"),
        ("fr", "French"),
        ("nl", "Dutch"),
    ]
    assert cells(found, "schedules", "byday", "opens_at", "closes_at") == [
        ("MO,WE", "18:00", "20:00")
    ]
    alone = imported(SHEET / "diensten.csv", str(SHEET / "mapping.yml"))
    assert tabular.write(alone) == tabular.write(found)


def test_what_the_mapping_does_not_foresee_is_named_with_file_and_line(tmp_path):
    shutil.copytree(SHEET, tmp_path / "sheet")
    path = tmp_path / "sheet" / "diensten.csv"
    text = path.read_text(encoding="cp1252")
    text = text.replace("03/11/2026", "3 nov").replace("ma,wo", "ma,zo").replace(";Wat;", ";Prijs;")
    path.write_text(text, encoding="cp1252")
    faults = [
        str(fault) for fault in transfer.load(tmp_path / "sheet", str(SHEET / "mapping.yml"))[1]
    ]
    assert any("diensten.csv:2: assured_date (" in f and "'3 nov'" in f for f in faults)
    assert any("diensten.csv:2: byday (" in f and "allowed: ma, di, wo" in f for f in faults)
    assert any("diensten.csv:1: Prijs: is not mapped" in f for f in faults)
    assert any("'Wat' is not there" in f for f in faults)


WRONG = {
    "namespace: is no UUID": {"namespace": "city"},
    "sources: is empty": {"sources": []},
    "city: is unknown; allowed: namespace": {"city": "Brussels"},
    "missing: does not fit": {"missing": "maybe"},
}
RULE = {"table": "services", "fields": {"id": "Nr"}}
WRONG_RULES = {
    "table: 'doors' is unknown; allowed: organizations": {**RULE, "table": "doors"},
    "nome: is unknown; allowed: id, organization_id": {**RULE, "fields": {"nome": "x"}},
    "value: has not one origin": {**RULE, "fields": {"name": {"column": "a", "constant": "b"}}},
    "value: False is no text": {**RULE, "fields": {"name": False}},
    "form: is unknown": {**RULE, "fields": {"name": {"column": "a", "form": "b"}}},
    "each: lacks column": {**RULE, "each": {"column": "a"}},
    "id: is missing": {"add_to": "services", "fields": {"name": "x"}},
    "copy: is no bool": {**RULE, "copy": "some"},
    "mapping: is no object": [RULE],
}


def mapping_faults(tmp_path: Path, content: object) -> str:
    path = tmp_path / "mapping.yml"
    path.write_text(yaml.safe_dump(content))
    with pytest.raises(HsdsError) as raised:
        load(str(path))
    return str(raised.value)


@pytest.mark.parametrize("said", WRONG)
def test_a_wrong_mapping_is_told(said, tmp_path):
    good = {"namespace": NAMESPACE, "sources": [{"file": "a.csv", "rows": [RULE]}]}
    assert said in mapping_faults(tmp_path, good | WRONG[said])


def test_all_wrong_rules_are_told_at_once(tmp_path):
    source = {"file": "a.csv", "encoding": "x", "delimiter": ""}
    source["rows"] = list(WRONG_RULES.values())
    told = mapping_faults(tmp_path, {"namespace": NAMESPACE, "sources": [source, {"rows": []}]})
    for said in (
        *WRONG_RULES,
        "encoding: is unknown",
        "delimiter: is no single",
        "file: is missing",
    ):
        assert said in told
    assert "sources.0.rows.1.fields" in told


@pytest.mark.parametrize("text", ["[", "- 1", "a: !!python/object:os.system x", "2024-13-45", ""])
def test_a_mapping_that_is_no_yaml_is_a_fault(text, tmp_path):
    (tmp_path / "mapping.yml").write_text(text)
    assert transfer.load(SHEET, str(tmp_path / "mapping.yml"))[1]
    assert transfer.load(SHEET, "no-such-mapping")[1]


def test_files_that_are_missing_or_unmapped_are_told(tmp_path):
    folder = write(tmp_path / "city", other="id\n1\n", services="id\n1\n")
    faults = [str(fault) for fault in transfer.load(folder, str(SHEET / "mapping.yml"))[1]]
    assert any("diensten.csv is not there" in fault for fault in faults)
    assert any("services.csv: file: is not in the mapping" in fault for fault in faults)
    dataset, _ = older.read(folder, load(str(SHEET / "mapping.yml")))
    assert dataset.tables["other"].rows[0].values == {"id": "1"}


def test_the_mapping_that_the_guide_shows_does_what_it_says(tmp_path):
    guide = (ROOT / "docs" / "how-to" / "exchange-the-directory.md").read_text(encoding="utf-8")
    (tmp_path / "mapping.yml").write_text(guide.split("```yaml\n")[1].split("```")[0])
    folder = write(
        tmp_path / "list",
        services="Nr;House;Title;What;For whom;Open;Checked;Languages;Telephone;Internal note\n"
        "1;House;Soup;Warm;All;yes;03/11/2026;nl,fr;02 000;x\n2;House;Bread;;;no;;;;\n",
    )
    found = imported(folder, str(tmp_path / "mapping.yml"))
    assert cells(found, "services", "name", "description", "status", "assured_date") == [
        ("Soup", "Warm. All", "active", "2026-11-03"),
        ("Bread", "", "inactive", ""),
    ]
    assert len(found.rows("organizations")) == len(found.rows("phones")) == 1
    assert len(found.rows("languages")) == 2


def test_supplied_mappings_are_faultless():
    names = [path.stem for path in SUPPLIED.glob("*.yml")]
    assert names == ["hsds-2"]
    assert load("hsds-2").sources


def test_made_ids_are_the_same_every_time_and_keep_references(tmp_path):
    folder = write(
        tmp_path / "city",
        organizations="id,name,description\n1,Open Hand,Helps\n",
        services="id,organization_id,name,status\na,1,Papers,active\n",
        attributes="id,link_id,link_entity,taxonomy_term_id\n1,a,service,t\n",
        taxonomy_terms="id,name,description\nt,Term,A term\n",
        translations="id,link_entity,link_id,text\n1,service,a,Papieren\n",
    )
    _, without = transfer.load(folder)
    assert any("--make-ids" in str(fault) for fault in without)
    dataset, faults = transfer.load(folder, make_ids=True)
    assert faults == []
    (service,) = dataset.rows("services")
    assert service["organization_id"] == dataset.rows("organizations")[0]["id"]
    assert dataset.rows("attributes")[0]["link_id"] == service["id"]
    assert dataset.rows("translations")[0]["link_id"] == service["id"]
    assert transfer.load(folder, make_ids=True)[0].rows("services")[0]["id"] == service["id"]
