"""Broken, foreign and hostile files: each is a fault with its place, never a crash or a guess."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from pathlib import Path

import pytest
from hsds_data import EXAMPLES, NOBODY, ORGANIZATION, ORGANIZATIONS, SERVICE, SERVICES, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.directory.hsds import archive, transfer

HEADER = "id,organization_id,name,status\n"
LONG = "x" * 1_000_001
# What services.csv holds, and the place and words of the fault.
BROKEN = {
    "UTF-16": (SERVICES.encode("utf-16"), ":1: file: looks like UTF-16"),
    "UTF-16 without mark": (SERVICES.encode("utf-16-le"), ":1: file: looks like UTF-16"),
    "Latin-1": ((SERVICES + "é,,,\n").encode("latin-1"), ":3: file: looks like Latin-1"),
    "cut off in a letter": ((SERVICES + "é").encode()[:-1], ":3: file: is cut off"),
    "NUL": ((SERVICES + "\0,,,\n").encode(), ":3: file: holds a NUL"),
    "nothing": (b"", ":1: file: is empty"),
    "blank lines": (b"\n\n", ":1: file: is empty"),
    "open quote": (f'{HEADER}1,"2,3,4\n5,6,7,8\n'.encode(), ":2: line: has a quote that is never"),
    "quote astray": (f'{HEADER}1,"2"x,3,4\n'.encode(), ":2: line: has a quote or line end"),
    "huge cell": (f"{HEADER}1,2,3,{LONG}\n".encode(), ":2: line: has a cell of more than 1 MB"),
    "long row": (SERVICES.encode() + b"1,2,3,4,5\n", ":3: line: has 5 cells; allowed: 4"),
    "short row": (SERVICES.encode() + b"1,2\n", ":3: line: has 2 cells; allowed: 4"),
    "header twice": (SERVICES.encode() + HEADER.encode(), ":3: line: repeats the header"),
    "column twice": (b"id,name,name\n", ":1: column: 'name' stands twice"),
    "column without name": (b"id,,name\n", ":1: column 2: has no name"),
    "semicolons": (SERVICES.replace(",", ";").encode(), ":1: file: is not parted by commas"),
}


def faults(source: Path) -> list[str]:
    return [str(fault) for fault in transfer.load(source)[1]]


@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_named_with_its_line(case, tmp_path):
    content, said = case
    folder = write(tmp_path / "city", organizations=ORGANIZATIONS)
    (folder / "services.csv").write_bytes(content)
    found = faults(folder)
    assert any(f"city/services.csv{said}" in fault for fault in found), found


def test_lines_are_counted_through_quoted_line_ends(tmp_path):
    text = f'{HEADER}{SERVICE},{ORGANIZATION},"two\nlines\r\n",active\n\n{NOBODY},x,y,active\n'
    found = faults(write(tmp_path / "city", organizations=ORGANIZATIONS, services=text))
    assert found[0].startswith("city/services.csv:6: organization_id")


def test_what_refers_to_an_unreadable_table_is_not_judged(tmp_path):
    folder = write(tmp_path / "city", services=SERVICES)
    (folder / "organizations.csv").write_bytes(ORGANIZATIONS.encode("utf-16"))
    assert len(faults(folder)) == 1


def test_a_byte_order_mark_and_other_line_ends_are_read(tmp_path):
    folder = write(tmp_path / "city", organizations=ORGANIZATIONS)
    (folder / "services.csv").write_bytes(b"\xef\xbb\xbf" + SERVICES.replace("\n", "\r\n").encode())
    assert faults(folder) == []


def test_a_table_may_not_come_twice_under_two_names(tmp_path):
    folder = write(tmp_path / "city", organizations=ORGANIZATIONS, organization=ORGANIZATIONS)
    assert any("second table of organizations" in fault for fault in faults(folder))


@pytest.mark.parametrize("name", ["nothing", "empty", "list.xlsx"])
def test_what_holds_no_directory_is_told(name, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "list.xlsx").write_bytes(b"PK\x03\x04 no zip")
    assert len(faults(tmp_path / name)) == 1


def pack(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return path


def test_a_zip_may_hold_its_tables_in_a_folder(tmp_path):
    path = pack(
        tmp_path / "city.zip",
        ("data/services.csv", SERVICES.encode()),
        ("data/organizations.csv", ORGANIZATIONS.encode()),
        ("datapackage.json", b"{}"),
        ("__MACOSX/data/._services.csv", b"\0\0"),
    )
    assert faults(path) == []


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("services.csv")
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info


HOSTILE = {
    "traversal": [("../services.csv", b"x")],
    "hidden traversal": [("data/../../services.csv", b"x")],
    "absolute": [("/etc/services.csv", b"x")],
    "drive": [("C:\\services.csv", b"x")],
    "link": [(link(), b"/etc/passwd")],
    "many": [(f"{number}.csv", b"x") for number in range(201)],
    "bomb": [("services.csv", b"x" * 10_000_000)],
    "zip in zip": [("inner.zip", b"PK")],
    "folders": [("a/services.csv", b"x"), ("b/phones.csv", b"x")],
}


@pytest.mark.parametrize("members", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_zip_is_refused_before_it_is_unpacked(members, tmp_path, monkeypatch):
    path = pack(tmp_path / "city.zip", *members)
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("unpacked"))
    assert any("allowed: " in fault for fault in faults(path))


def test_a_zip_of_more_than_200_mb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES", 100)
    path = pack(tmp_path / "a.zip", ("a.csv", b"x" * 101))
    assert any("unpacks to" in fault for fault in faults(path))


def test_an_encrypted_or_damaged_zip_is_refused(tmp_path):
    whole = pack(tmp_path / "whole.zip", ("services.csv", SERVICES.encode())).read_bytes()
    mark = whole.index(b"PK\x01\x02") + 8
    locked = whole[:mark] + b"\x01" + whole[mark + 1 :]
    (tmp_path / "locked.zip").write_bytes(locked)
    assert any("encrypted" in fault for fault in faults(tmp_path / "locked.zip"))
    for end in range(0, len(whole), 7):
        (tmp_path / "short.zip").write_bytes(whole[:end])
        assert faults(tmp_path / "short.zip")


def test_the_same_files_give_the_same_zip(tmp_path):
    for name in ("first.zip", "second.zip"):
        transfer.export(transfer.read(EXAMPLES / "tabular"), "csv", tmp_path / name)
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()


def damaged(content: bytes, data: st.DataObject) -> bytes:
    place = data.draw(st.integers(0, len(content) - 1))
    ways = {
        "cut": content[:place],
        "flip": content[:place] + bytes([content[place] ^ 255]) + content[place + 1 :],
        "double": content[:place] + content[place:] * 2,
        "insert": content[:place] + data.draw(st.binary(max_size=5)) + content[place:],
        "recode": content.decode("utf-8", "replace").encode("utf-16"),
    }
    return ways[data.draw(st.sampled_from(sorted(ways)))]


FUZZ = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(st.data())
def test_no_damage_to_a_table_ends_in_a_crash(tmp_path, data):
    folder = tmp_path / "city"
    folder.mkdir(exist_ok=True)
    paths = sorted((EXAMPLES / "tabular").iterdir())
    hit = data.draw(st.sampled_from(paths))
    for path in paths:
        content = path.read_bytes()
        (folder / path.name).write_bytes(damaged(content, data) if path == hit else content)
    for fault in faults(folder):
        assert fault.count("\n") == 0


@FUZZ
@given(st.data())
def test_no_damage_to_a_document_ends_in_a_crash(tmp_path, data):
    content = (EXAMPLES / "every_table.json").read_bytes()
    (tmp_path / "all.json").write_bytes(damaged(content, data))
    for fault in faults(tmp_path / "all.json"):
        assert fault.count("\n") == 0


@FUZZ
@given(st.data())
def test_no_damage_to_a_zip_ends_in_a_crash(tmp_path, data):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("services.csv", SERVICES)
    (tmp_path / "all.zip").write_bytes(damaged(made.getvalue(), data))
    faults(tmp_path / "all.zip")


WORDS = [
    "id",
    "name",
    "status",
    "contents",
    "x_rightdoor",
    "tables",
    "columns",
    "rows",
    "organization",
    "phones",
    "services",
    "attributes",
    "cells",
    "order",
    "program",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4)
    ),
    max_leaves=20,
)


@FUZZ
@given(JSON)
def test_no_json_ends_in_a_crash(tmp_path, value):
    (tmp_path / "any.json").write_text(json.dumps(value), encoding="utf-8")
    faults(tmp_path / "any.json")
