"""A secret address is never shown: it can cost a life."""

from __future__ import annotations

import datetime
import json
import zipfile
from pathlib import Path

import pytest
from pack_copy import PackCopy

from bot import command
from bot.answers import blocks
from bot.answers.here import Here
from bot.directory import search
from bot.directory.disclosure import CONFIDENTIAL, disclosed, leaks
from bot.directory.hsds import transfer
from bot.directory.hsds.records import Dataset, Row, Table
from bot.words import languages
from bot.words.catalogue import words


@pytest.fixture
def copy(tmp_path: Path) -> PackCopy:
    return PackCopy("brussels", tmp_path)


def make_secret(copy: PackCopy) -> tuple[str, list[str]]:
    """Mark a service with an address; return its id and all that could lead there."""
    link = copy.tables["service_at_location"][2]
    term = copy.where("taxonomy_terms", code=CONFIDENTIAL)[0]
    copy.append(
        *("attributes", 2),
        id="00000000-0000-4000-8000-000000000001",
        link_id=link["service_id"],
        taxonomy_term_id=term["id"],
        value="yes",
    )
    place = copy.where("locations", id=link["location_id"])[0]
    place.update(latitude="50.8341", longitude="4.3471")
    for other in copy.tables["locations"]:
        other.setdefault("latitude", "")
        other.setdefault("longitude", "")
    address = copy.where("addresses", location_id=link["location_id"])[0]
    return link["service_id"], [address["address_1"], address["postal_code"], "50.83", "4.34"]


def test_a_service_with_a_secret_address_has_none(copy):
    assert any(service.address for service in copy.pack().services.values())
    id_, _ = make_secret(copy)
    service = copy.pack().services[id_]
    assert service.address is None
    assert service.places == ()
    assert service.address_is_secret


@pytest.mark.parametrize("language", languages.supported())
def test_no_answer_holds_anything_of_a_secret_address(copy, language):
    id_, secrets = make_secret(copy)
    pack = copy.pack()
    now = datetime.datetime(2026, 11, 23, 10, tzinfo=pack.city.time_zone)
    for district in (None, *pack.city.districts.values()):
        here = Here(pack.city, search.Asked(language, now, district))
        say, service = words(language), pack.services[id_]
        told = blocks.summary(say, service, service.routes[0], here)
        told += blocks.where_and_when(say, service, here)
        assert not [secret for secret in secrets[:1] + secrets[2:] if secret in told]
        if district:
            assert district.name_in(language) not in told, "a distance would tell where it is"


def test_others_keep_their_address(copy):
    before = {id_: service.address for id_, service in copy.pack().services.items()}
    hidden, _ = make_secret(copy)
    after = {id_: service.address for id_, service in copy.pack().services.items()}
    assert {id_ for id_ in before if before[id_] != after[id_]} == {hidden}


STREET, POSTCODE, LATITUDE, LONGITUDE = "Kerkhofweg 77", "1777", "50.834177", "4.347177"
FORMS = {"folder": ("csv", "out"), "zip": ("csv", "out.zip"), "json": ("json", "out.json")}


def hide(copy: PackCopy) -> str:
    """Make the address of a service secret, and easy to find; return the service's id."""
    id_, _ = make_secret(copy)
    link = copy.where("service_at_location", service_id=id_)[0]
    copy.where("addresses", location_id=link["location_id"])[0].update(
        address_1=STREET, postal_code=POSTCODE
    )
    copy.where("locations", id=link["location_id"])[0].update(
        latitude=LATITUDE, longitude=LONGITUDE
    )
    copy.save()
    return id_


def export(copy: PackCopy, form: str, path: Path) -> int:
    arguments = ["export", str(copy.folder), "--format", form, "--to", str(path)]
    return command.main(["directory", *arguments])


def bytes_of(path: Path) -> bytes:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as opened:
            return b"".join(map(opened.read, opened.namelist()))
    paths = sorted(path.iterdir()) if path.is_dir() else [path]
    return b"".join(each.read_bytes() for each in paths)


@pytest.mark.parametrize("form", FORMS)
def test_no_export_holds_a_byte_of_a_secret_address(copy, form, tmp_path):
    id_ = hide(copy)
    kind, name = FORMS[form]
    assert export(copy, kind, tmp_path / name) == 0
    told = bytes_of(tmp_path / name).decode()
    assert id_ in told, "the service itself goes out"
    for secret in (STREET, "Kerkhofweg", POSTCODE, LATITUDE, LONGITUDE):
        assert secret not in told
    assert command.main(["directory", "check", str(tmp_path / name)]) == 0


@pytest.mark.parametrize("form", FORMS)
def test_a_text_that_tells_a_secret_address_stops_the_export(copy, form, tmp_path, capsys):
    id_ = hide(copy)
    copy.where("services", id=id_)[0]["fees_description"] = "free, at  kerkhofweg 77, at night"
    copy.save()
    kind, name = FORMS[form]
    assert export(copy, kind, tmp_path / name) == 1
    told = capsys.readouterr().err
    assert "fees_description: holds a secret address; allowed: a text without it" in told
    assert "kerkhofweg" not in told.casefold()
    assert not (tmp_path / name).exists()
    assert "holds a secret address" in "\n".join(copy.faults())


def dataset(**tables: list[dict[str, str]]) -> Dataset:
    """Return a dataset of short rows; ids are short, too."""
    return Dataset(
        {
            name: Table(name, list(rows[0]), [Row(name, n, row) for n, row in enumerate(rows)])
            for name, rows in tables.items()
        }
    )


def shelter(**tables: list[dict[str, str]]) -> Dataset:
    """Return a shelter at the secret place p, and a desk at q."""
    own = dataset(
        services=[{"id": "s", "organization_id": "o"}, {"id": "desk", "organization_id": "d"}],
        locations=[{"id": "p", "latitude": "1.5", "longitude": "2.5"}, {"id": "q"}],
        service_at_location=[
            {"id": "sp", "service_id": "s", "location_id": "p"},
            {"id": "dq", "service_id": "desk", "location_id": "q"},
        ],
        addresses=[
            {"id": "a", "location_id": "p", "address_1": "Hill 1", "postal_code": "10"},
            {"id": "b", "location_id": "q", "address_1": "Vale 2", "postal_code": "20"},
        ],
        taxonomy_terms=[{"id": "t", "code": CONFIDENTIAL}],
        attributes=[{"id": "m", "link_id": "s", "link_entity": "service", "taxonomy_term_id": "t"}],
    )
    for name, table in dataset(**tables).tables.items():
        own.tables.setdefault(name, Table(name, [])).rows.extend(table.rows)
    return own


def ids(shown: Dataset, table: str) -> list[str]:
    return [row["id"] for row in shown.rows(table)]


def test_what_only_makes_sense_with_a_secret_place_goes_too():
    shown = disclosed(
        shelter(
            accessibility=[{"id": "step", "location_id": "p"}],
            phones=[
                {"id": "at", "location_id": "p"},
                {"id": "door", "service_at_location_id": "sp"},
            ],
            schedules=[{"id": "when", "service_at_location_id": "sp"}],
            contacts=[{"id": "who", "location_id": "p"}],
            languages=[{"id": "spoken", "phone_id": "at"}, {"id": "here", "location_id": "p"}],
            metadata=[{"id": "was", "resource_id": "a", "resource_type": "address"}],
            translations=[{"id": "told", "link_id": "step", "link_entity": "accessibility"}],
            own_table=[{"id": "x", "location_id": "p", "note": "Hill"}],
        )
    )
    assert ids(shown, "services") == ["s", "desk"]
    assert (ids(shown, "locations"), ids(shown, "addresses")) == (["q"], ["b"])
    assert ids(shown, "service_at_location") == ["dq"]
    assert ids(shown, "attributes") == ["m"]
    for name in ("accessibility", "phones", "schedules", "contacts", "languages", "metadata"):
        assert ids(shown, name) == [], name
    assert ids(shown, "translations") == ids(shown, "own_table") == []


def test_what_is_also_of_the_service_stays_and_loses_the_place():
    whole = shelter(
        phones=[{"id": "both", "service_id": "s", "location_id": "p", "number": "1"}],
        schedules=[{"id": "both", "service_id": "s", "service_at_location_id": "sp"}],
        contacts=[{"id": "both", "organization_id": "o", "location_id": "p"}],
    )
    shown = disclosed(whole)
    assert shown.rows("phones")[0].values == {"id": "both", "service_id": "s", "number": "1"}
    assert shown.rows("schedules")[0].values == {"id": "both", "service_id": "s"}
    assert shown.rows("contacts")[0].values == {"id": "both", "organization_id": "o"}
    assert whole.rows("phones")[0]["location_id"] == "p", "what was read is not changed"


def test_a_place_that_another_service_shares_goes_and_one_that_stands_twice_too():
    shared = [{"id": "more", "service_id": "desk", "location_id": "p"}]
    assert ids(disclosed(shelter(service_at_location=shared)), "service_at_location") == ["dq"]
    twice = shelter(
        locations=[{"id": "p2"}, {"id": "p3", "latitude": "1.5", "longitude": "2.5"}],
        addresses=[
            {"id": "a2", "location_id": "p2", "address_1": "HILL  1", "postal_code": "10"},
            {"id": "far", "location_id": "q", "address_1": "Hill 1", "postal_code": "99"},
        ],
    )
    assert ids(disclosed(twice), "locations") == ["q"]
    assert ids(disclosed(twice), "addresses") == ["b", "far"]
    assert not list(leaks(twice, disclosed(twice)))


def test_a_place_of_the_same_house_that_no_service_is_said_to_be_at_goes_too():
    houses = [{"id": "r", "organization_id": "o"}, {"id": "u", "organization_id": "d"}]
    assert ids(disclosed(shelter(locations=houses)), "locations") == ["q", "u"]


def test_a_directory_without_secrets_is_left_as_it_is():
    open_ = shelter()
    open_.tables["attributes"].rows.clear()
    assert disclosed(open_) is open_


def test_every_form_of_a_city_goes_out_as_it_was_when_nothing_is_secret(tmp_path):
    source = Path(__file__).parent / "hsds" / "tabular"
    command.main(
        ["directory", "export", str(source), "--format", "json", "--to", f"{tmp_path}/o.json"]
    )
    transfer.export(transfer.read(source), "json", tmp_path / "whole.json")
    assert (tmp_path / "o.json").read_bytes() == (tmp_path / "whole.json").read_bytes()
    assert json.loads((tmp_path / "o.json").read_bytes())["contents"]
