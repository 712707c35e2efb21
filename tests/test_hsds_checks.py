"""Every fault against HSDS 3.0 is named at once, with file, line, field and what is allowed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hsds_data import (
    EXAMPLES,
    NOBODY,
    ORGANIZATION,
    ORGANIZATIONS,
    SERVICE,
    SERVICES,
    write,
)

from bot.directory.hsds import specification, tabular, transfer
from bot.directory.hsds.values import KINDS

A, B, C = (f"{n}0000000-0000-4000-8000-00000000000{n}" for n in "567")

# A table, its header and one line, and what the fault says of its field.
WRONG = {
    "required": ("phones", "id,number", f"{A},", "number: is empty"),
    "no UUID": ("funding", "id,source", "7,Gifts", "id: '7' does not fit"),
    "e-mail": ("contacts", "id,email", f"{A},desk", "email: 'desk' does not fit"),
    "address": ("locations", "id,location_type,url", f"{A},physical,www.x.y", "url: 'www.x.y'"),
    "enumeration": ("locations", "id,location_type", f"{A},round", "location_type: 'round'"),
    "latitude": (
        "locations",
        "id,location_type,latitude",
        f"{A},physical,90.1",
        "latitude: '90.1'",
    ),
    "number": (
        "cost_options",
        "id,service_id,amount",
        f"{A},{SERVICE},1.000.0",
        "amount: '1.000.0'",
    ),
    "infinite": ("cost_options", "id,service_id,amount", f"{A},{SERVICE},1e999", "amount: '1e999'"),
    "date": ("schedules", "id,valid_to", f"{A},2026-02-30", "valid_to: '2026-02-30' does not fit"),
    "time": ("schedules", "id,opens_at,closes_at", f"{A},9:00,24:00", "closes_at: '24:00'"),
    "days": ("schedules", "id,freq,byday", f'{A},MONTHLY,"6MO"', "byday: '6MO' does not fit"),
    "days without freq": ("schedules", "id,byday", f"{A},MO", "byday: stands without freq"),
    "closes only": (
        "schedules",
        "id,closes_at",
        f"{A},10:00",
        "closes_at: stands without opens_at",
    ),
    "weeks": ("schedules", "id,freq,byweekno", f"{A},WEEKLY,54", "byweekno: '54'"),
    "counted day": ("schedules", "id,freq,byday", f"{A},WEEKLY,2MO", "byday: counts days"),
    "dates": (
        "schedules",
        "id,valid_from,valid_to",
        f"{A},2026-02-02,2026-02-01",
        "valid_to: '2026-02-01' is before valid_from",
    ),
    "dangling": ("phones", "id,number,contact_id", f"{A},1,{NOBODY}", "contact_id: '9999"),
    "dangling link": (
        "metadata",
        "id,resource_id,resource_type,last_action_date,last_action_type,field_name,"
        "previous_value,replacement_value,updated_by",
        f"{A},{NOBODY},phone,2026-01-01,update,x,x,x,x",
        "resource_id: '9999",
    ),
    "link to no table": (
        "attributes",
        "id,link_id,link_entity,taxonomy_term_id",
        f"{A},{SERVICE},door,{NOBODY}",
        "link_entity: 'door' is no table; allowed: organization",
    ),
    "language": ("languages", "id,code", f"{A},Dutch", "code: 'Dutch' does not fit"),
    "country": (
        "addresses",
        "id,address_1,city,state_province,postal_code,country,address_type",
        f"{A},1,C,S,1,Belgium,postal",
        "country: 'Belgium' does not fit",
    ),
    "command": ("required_documents", "id,document", f'{A},"=HYPERLINK(1)"', "document: begins"),
    "macro": ("odd", "id,text", f"{A},@SUM(A1)", "text: begins with '@': a spreadsheet"),
    "older table": ("physical_addresses", "id", A, "file: is a table of HSDS 1 or 2"),
    "double id": ("funding", "id,source", f"{A},x\n{A},y", f"id: '{A}' stands at"),
}


def faults(folder: Path, **tables: str) -> list[str]:
    tables = {"organizations": ORGANIZATIONS, "services": SERVICES, **tables}
    return [str(fault) for fault in transfer.load(write(folder, **tables))[1]]


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_a_wrong_value_is_named_with_its_place_and_what_is_allowed(case, tmp_path):
    table, header, line, said = case
    found = faults(tmp_path / "city", **{table: f"{header}\n{line}\n"})
    place = f"city/{table}.csv"
    assert any(fault.startswith(place) and said in fault for fault in found), found
    assert all("; allowed: " in fault for fault in found)


def test_all_faults_are_told_at_once(tmp_path):
    tables = {table: f"{header}\n{line}\n" for table, header, line, _ in WRONG.values()}
    found = faults(tmp_path / "city", **tables)
    assert {fault.split(":")[0] for fault in found} == {f"city/{name}.csv" for name in tables}


def test_a_dataset_without_fault_has_none(tmp_path):
    assert faults(tmp_path / "city") == []


def test_a_table_without_rows_has_its_required_columns_all_the_same(tmp_path):
    assert faults(tmp_path / "city", phones="id,number,note\n") == []
    (found,) = faults(tmp_path / "city", phones="id,note\n")
    assert found.startswith("city/phones.csv:1: number: is missing")


def test_blanks_are_no_value(tmp_path):
    (found,) = faults(tmp_path / "city", phones=f"id,number\n{A},  \n")
    assert found.startswith("city/phones.csv:2: number: is empty")


def test_whoever_is_their_own_ancestor_is_found_once_for_each_circle(tmp_path):
    rows = [f"{ORGANIZATION},x,x,{NOBODY}", f"{A},x,x,{B}", f"{B},x,x,{C}", f"{C},x,x,{A}"]
    header = "id,name,description,parent_organization_id\n"
    found = faults(tmp_path / "city", organizations=header + "\n".join(rows) + "\n")
    assert len(found) == 1
    assert "parent_organization_id" in found[0]
    assert "leads back" in found[0]
    terms = f"id,name,description,parent_id\n{A},x,x,{A}\n"
    assert "parent_id" in faults(tmp_path / "city2", taxonomy_terms=terms)[0]


def test_a_parent_may_stand_outside_the_data(tmp_path):
    parent = f"id,name,description,parent_organization_id\n{ORGANIZATION},x,x,{NOBODY}\n"
    assert faults(tmp_path / "city", organizations=parent) == []


def test_a_code_is_of_one_term_in_its_taxonomy_only(tmp_path):
    header, rows = "id,code,name,description,taxonomy\n", f"{A},x,x,x,one\n{B},x,x,x,two\n"
    assert faults(tmp_path / "city", taxonomy_terms=header + rows) == []
    assert "code" in faults(tmp_path / "city", taxonomy_terms=header + rows + f"{C},x,x,x,two\n")[0]


@pytest.mark.parametrize("number", ["+32 2 535 45 42", "-5", "-1.5e3", "+1 (2) 3 ext. 4"])
def test_telephone_numbers_are_no_commands(number, tmp_path):
    phones = f'id,number\n{A},"{number}"\n'
    assert faults(tmp_path / "city", phones=phones) == []


def test_a_cell_that_a_spreadsheet_would_run_is_kept_as_it_is(tmp_path):
    text = 'id,text\n1,"=1+1"\n2,"\t@x"\n3,"-\r"\n'
    folder = write(tmp_path / "city", odd=text, services=SERVICES)
    dataset, _ = tabular.read(folder)
    written = tabular.write(dataset)["odd.csv"].decode()
    assert written == 'id,text\n1,=1+1\n2,\t@x\n3,"-\r"\n'


WRONG_JSON = {
    "number as text": ('"minimum_age": 18', '"minimum_age": "18"', "minimum_age: is a text"),
    "text as number": ('"postal_code": "0100"', '"postal_code": 100', "postal_code: is a number"),
    "list as object": ('"locations": [', '"locations": {"a": [', None),
    "one as list": ('"country": "BE"', '"country": ["BE"]', "country: is a list"),
    "true": ('"latitude": 50.8466', '"latitude": true', "latitude: is true or false"),
    "contradiction": (
        '"name": "A roof"',
        '"name": "A bed"',
        "name: 'A roof' contradicts 'A bed' at",
    ),
    "surrogate": ('"Tram 92"', '"Tram \\ud800"', "transportation: '"),
    "NUL": ('"Tram 92"', '"Tram \\u0000"', "is no plain text"),
    "twice": ('"city": "Example city"', '"city": "x", "city": "y"', "stands twice in one object"),
    "not a number": ('"latitude": 50.8466', '"latitude": NaN', "NaN is no number"),
    "too large": ('"latitude": 50.8466', '"latitude": 1e999', "1e999 is no number"),
    "no file name": (
        '"meta_table_descriptions": {',
        '"../../etc/x": {}, "meta_table_descriptions": {',
        "cannot be called '../../etc/x'",
    ),
    "lost cells": ('"meta_table_descriptions"', '"another_table"', "table: is not of its form"),
    "strange remainder": ('"columns": [', '"columns": [7, ', "table: is not of its form"),
}


@pytest.mark.parametrize("case", WRONG_JSON.values(), ids=WRONG_JSON)
def test_wrong_json_is_named_by_its_pointer(case, tmp_path):
    old, new, said = case
    text = (EXAMPLES / "every_table.json").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "given.json"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = "\n".join(str(fault) for fault in transfer.load(path)[1])
    assert (said or "is no JSON") in found
    assert "given.json" in found


def test_deep_nesting_is_a_fault_and_no_crash(tmp_path):
    for text in ("[" * 100_000, '{"services":[' * 900 + "{}" + "]}" * 900):
        (tmp_path / "deep.json").write_text(text)
        assert transfer.load(tmp_path / "deep.json")[1]


def test_the_specification_is_whole():
    assert len(specification.ALL) == 21
    for table in specification.ALL:
        assert {field.kind for field in table.fields} <= KINDS.keys()
        assert table.fields[0].name == "id"
        assert table.fields[0].required
        for field in table.fields:
            assert field.refers_to is None or field.refers_to in specification.BY_ENTITY
        for member in table.members:
            holder = specification.BY_ENTITY[member.entity] if member.many else table
            assert member.reference in holder.by_name, (table.entity, member)


def test_each_object_of_an_export_has_what_its_form_requires(tmp_path):
    transfer.import_(transfer.read(EXAMPLES / "every_table.json"), tmp_path / "all")
    transfer.export(transfer.read(tmp_path / "all"), "json", tmp_path / "all.json")
    page = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    assert page["total_items"] == page["size"] == len(page["contents"]) == 1
    inspect(page["contents"][0], "service")


def inspect(value: dict[str, object], entity: str) -> None:
    table = specification.BY_ENTITY[entity]
    assert isinstance(value["id"], str)
    for name, field in table.by_name.items():
        if name in value:
            wanted = (int, float) if KINDS[field.kind].number else str
            assert isinstance(value[name], wanted), (entity, name)
        elif field.required:
            # Only what the place in the document tells may be left out.
            assert name.endswith("_id"), (entity, name)
    for member in table.members:
        inside = value.get(member.name, [])
        for each in inside if member.many else [inside] if inside else []:
            inspect(each, member.entity)
