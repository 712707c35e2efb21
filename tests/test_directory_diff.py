"""`rightdoor directory diff`: what two directories say differently, in lines that anybody reads."""

from __future__ import annotations

import random
import time
import uuid
from pathlib import Path

import pytest
from hsds_data import NOBODY, ORGANIZATIONS, SERVICE, SERVICES, Maker, write
from pack_copy import PackCopy

from bot import command, settings
from bot.directory import difference
from bot.directory.hsds import transfer


@pytest.fixture
def copy(tmp_path: Path) -> PackCopy:
    return PackCopy("brussels", tmp_path)


def diff(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[str], str]:
    code = command.main(["directory", "diff", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out.splitlines(), err


@pytest.mark.parametrize("city", settings.cities())
def test_a_directory_is_like_itself_in_every_form(city, tmp_path, capsys):
    zipped = str(tmp_path / "out.zip")
    command.main(["directory", "export", city, "--format", "csv", "--to", zipped])
    capsys.readouterr()
    assert diff(capsys, city, city)[0] == 0
    code, out, _ = diff(capsys, city, tmp_path / "out.zip")
    assert (code, out) == (0, [f"{city} and {tmp_path / 'out.zip'}: 0 differences."])


def test_a_corrected_number_is_one_line_that_names_the_service(copy, capsys):
    phone = copy.where("phones", number="116 000")[0]
    service = copy.where("services", id=phone["service_id"])[0]
    phone["number"] = "116 001"
    copy.save()
    code, out, _ = diff(capsys, "brussels", copy.folder)
    assert code == 1
    assert out == [
        f"phones.csv: {service['name']}: number: '116 000' -> '116 001'",
        f"brussels and {copy.folder}: 1 difference.",
    ]


def test_what_only_one_has_is_named_with_the_side_that_has_it(copy, capsys):
    phone = copy.tables["phones"][0]
    service = copy.where("services", id=phone["service_id"])[0]
    copy.drop("phones", [phone])
    fact = copy.facts("source")[0]
    fact["value"] = ""
    told = copy.where("services", id=fact["link_id"])[0]["name"]
    copy.save()
    _, here, _ = diff(capsys, "brussels", copy.folder)
    _, there, _ = diff(capsys, copy.folder, "brussels")
    line = f"phones.csv: {service['name']}: '{phone['number']}, {phone['type']}' only in brussels"
    assert line in here
    assert line in there
    assert any(line.startswith(f"attributes.csv: {told}: source: value: 'http") for line in here)
    assert any("source: value: nothing -> 'http" in line for line in there)


def test_long_texts_are_shown_where_they_part(copy, capsys):
    row = max(copy.tables["services"], key=lambda row: len(row["description"]))
    row["description"] += " By appointment."
    copy.save()
    _, out, _ = diff(capsys, "brussels", copy.folder)
    assert "By appointment." in out[0]
    assert len(out[0]) < 300


def test_what_travels_beside_the_tables_is_compared(copy, capsys):
    (copy.folder / "CHANGELOG.md").unlink()
    copy.rewrite_city(("licence: .*", "licence: CC0-1.0"))
    _, out, _ = diff(capsys, "brussels", copy.folder)
    assert out[:2] == ["city.yml: differs", "CHANGELOG.md: only in brussels"]


def test_shared_shows_what_was_corrected_at_the_origin_and_when(copy, capsys):
    first, second = copy.tables["services"][:2]
    first.update(fees_description="5 euros", assured_date="2027-01-05")
    second.update(email="desk@office.be")
    copy.save()
    code, out, _ = diff(capsys, "brussels", copy.folder, "--shared")
    newer = f"(last checked 2027-01-05 in {copy.folder})"
    assert code == 1
    assert out == [
        f"services.csv: {first['name']}: fees_description: 'free' -> '5 euros' {newer}",
        f"services.csv: {first['name']}: assured_date: '2026-11-20' -> '2027-01-05' {newer}",
        f"services.csv: {second['name']}: email: nothing -> 'desk@office.be'"
        " (last checked 2026-11-20 in both)",
        f"brussels and {copy.folder}: 3 differences in 2 of 92 shared services.",
    ]


def test_an_entry_that_only_one_has_is_not_shared(tmp_path, capsys):
    more = SERVICES + SERVICES.splitlines()[1].replace(SERVICE, NOBODY)
    one = write(tmp_path / "one", organizations=ORGANIZATIONS, services=SERVICES)
    other = write(tmp_path / "other", organizations=ORGANIZATIONS, services=f"{more}\n")
    assert diff(capsys, one, other)[0] == 1
    code, out, _ = diff(capsys, one, other, "--shared")
    assert code == 0
    assert out == [f"{one} and {other}: 0 differences in 0 of 1 shared services."]


def test_directories_without_a_common_entry_share_nothing(capsys):
    code, out, _ = diff(capsys, "brussels", "denver", "--shared")
    assert (code, out) == (0, ["brussels and denver: 0 differences in 0 of 0 shared services."])


def test_a_secret_address_is_in_no_line(copy, capsys):
    link = copy.tables["service_at_location"][0]
    term = copy.where("taxonomy_terms", code="confidential-address")[0]["id"]
    new = "00000000-0000-4000-8000-000000000001"
    copy.append("attributes", 2, id=new, link_id=link["service_id"], taxonomy_term_id=term)
    address = copy.where("addresses", location_id=link["location_id"])[0]
    address.update(address_1="Kerkhofweg 77")
    copy.save()
    _, out, _ = diff(capsys, "denver", copy.folder)
    assert "Kerkhofweg" not in "\n".join(out)


@pytest.mark.parametrize("text", ["", "nonsense", "id,name\n1,x\n"])
def test_what_cannot_be_compared_ends_with_two(text, tmp_path, capsys):
    folder = write(tmp_path / "odd", services=text)
    for pair in (("brussels", folder), (folder, "brussels"), ("brussels", tmp_path / "none")):
        code, out, err = diff(capsys, *pair)
        assert (code, out) == (2, [])
        assert "check them first" in err


def test_every_table_of_chance_is_compared_without_a_crash():
    one, other = (Maker(seed, ["x", "=\n", "é"]).dataset() for seed in (1, 2))
    lines = list(difference.between(("one", "other"), one, other))
    assert {each.table for each in lines} >= {"services", "phones", "metadata"}
    assert all("\n" not in each.line for each in lines)
    assert list(difference.between(("one", "one"), one, one)) == []


def test_a_hundred_thousand_rows_are_compared_in_seconds(tmp_path):
    chance = random.Random(1)
    ids = [str(uuid.UUID(int=chance.getrandbits(128), version=4)) for _ in range(100_000)]
    service = SERVICES.splitlines()[1].split(",")[0]
    for name, number in (("a", "1"), ("b", "2")):
        rows = [
            f"{id_},{service},0{n}{number if n % 1000 == 0 else ''}" for n, id_ in enumerate(ids)
        ]
        phones = "\n".join(["id,service_id,number", *rows, ""])
        write(tmp_path / name, organizations=ORGANIZATIONS, services=SERVICES, phones=phones)
    begin = time.perf_counter()
    one, other = (transfer.read(tmp_path / name) for name in ("a", "b"))
    assert len(list(difference.between(("a", "b"), one, other))) == 100
    assert time.perf_counter() - begin < 30
