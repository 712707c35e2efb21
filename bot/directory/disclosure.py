"""Takes secret addresses out of a directory: the one place where that is done.

A shelter's address can cost a life. A service with the fact `confidential-address` loses its
places here, before anything is shown, ranked, measured from, compared or exported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from bot.directory.hsds.identifiers import target_of
from bot.directory.hsds.records import Dataset, Fault, Row, Table
from bot.directory.hsds.specification import BY_NAME

CONFIDENTIAL = "confidential-address"
# What a phone, a schedule, a contact or a language may belong to besides a place.
OWNERS = ("service_id", "organization_id", "location_id", "service_at_location_id", "contact_id")
LEAK = ("holds a secret address", "a text without it")
Keys = set[tuple[str, str]]  # table and id


def disclosed(dataset: Dataset) -> Dataset:
    """Return the directory without the places of services whose address is confidential.

    A place that another service shares goes as well, and so does every row that says something
    of it. A phone or schedule that also belongs to a service keeps it and loses the place.
    """
    gone = _secret_places(dataset)
    if not gone:
        return dataset
    tables, known = dataset.tables, 0
    while len(gone) > known:
        known = len(gone)
        tables = {name: _without(gone, table) for name, table in tables.items()}
    return Dataset(tables, dataset.incomplete)


def leaks(
    whole: Dataset, shown: Dataset, companions: Mapping[str, bytes] = MappingProxyType({})
) -> Iterator[Fault]:
    """Yield every text of `shown`, or file beside it, that holds an address taken out.

    An address is known by its street and number, in any order and in each of its languages.
    """
    kept = {row["id"] for row in shown.rows("addresses")}
    gone = [row["address_1"] for row in whole.rows("addresses") if row["id"] not in kept]
    secret = {form for address in gone for form in _forms(address)}
    if not secret:
        return
    found = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(secret)))})(?!\w)")
    for table in shown.in_order():
        # The same street and number may be another address elsewhere.
        for row in table.rows if table.name != "addresses" else ():
            for name, text in row.values.items():
                if found.search(_plain(text)):
                    yield row.fault(name, *LEAK)
    for name, content in companions.items():
        if found.search(_plain(content.decode(errors="replace"))):
            yield Fault(f"{name}:1", "text", *LEAK)


def _forms(address: str) -> Iterator[str]:
    """Yield a street with its number behind and before it: "Rue Haute / Hoogstraat 320" is two."""
    numbers = re.findall(r"\d+\w?", address)
    for part in address.split("/") if numbers else ():
        street = _plain(re.sub(r"\d+\w?", " ", part))
        if street:
            yield f"{street} {numbers[-1]}".casefold()
            yield f"{numbers[-1]} {street}".casefold()


def _secret_places(dataset: Dataset) -> Keys:
    """Return the places to take out; one that stands twice in the directory goes twice."""
    terms = {row["id"] for row in dataset.rows("taxonomy_terms") if row["code"] == CONFIDENTIAL}
    marked = {
        row["link_id"] for row in dataset.rows("attributes") if row["taxonomy_term_id"] in terms
    }
    links = dataset.rows("service_at_location")
    places = {row["location_id"] for row in links if row["service_id"] in marked}
    places |= {row["id"] for row in dataset.rows("locations") if row["id"] in marked}
    places |= _of_their_houses(dataset, marked)
    gone = {("locations", id_) for id_ in places}
    secret = {where for keys, where in _whereabouts(dataset) if keys & gone}
    return gone.union(*(keys for keys, where in _whereabouts(dataset) if where in secret))


def _of_their_houses(dataset: Dataset, marked: set[str]) -> set[str]:
    """Return the places of the same organizations at which no service is said to be."""
    services = dataset.rows("services")
    houses = {row["organization_id"] for row in services if row["id"] in marked}
    served = {row["location_id"] for row in dataset.rows("service_at_location")}
    return {
        row["id"]
        for row in dataset.rows("locations")
        if row["organization_id"] in houses - {""} and row["id"] not in served
    }


def _whereabouts(dataset: Dataset) -> Iterator[tuple[Keys, tuple[str, str]]]:
    """Yield where each place is, its street and postcode or its coordinates, and what says so."""
    for row in dataset.rows("addresses"):
        if row["address_1"] and row["postal_code"]:
            keys = {("addresses", row["id"]), ("locations", row["location_id"])}
            yield keys, (_plain(row["address_1"]), row["postal_code"])
    for row in dataset.rows("locations"):
        if row["latitude"] and row["longitude"]:
            yield (
                {("locations", row["id"])},
                (_rounded(row["latitude"]), _rounded(row["longitude"])),
            )


def _without(gone: Keys, table: Table) -> Table:
    """Return a table without the rows that are gone; those that go now are added to `gone`."""
    ids, kept = {id_ for _, id_ in gone}, []
    for row in table.rows:
        lost = {
            name
            for name, text in row.values.items()
            if text in ids and (target_of(table.name, name, row), text) in gone
        }
        if not lost:
            kept.append(row)
        elif _has_another_owner(table, row, lost):
            rest = {name: text for name, text in row.values.items() if name not in lost}
            kept.append(Row(row.file, row.spot, rest))
        else:
            gone.add((table.name, row["id"]))
    return Table(table.name, table.columns, kept, table.file)


def _has_another_owner(table: Table, row: Row, lost: set[str]) -> bool:
    known = BY_NAME.get(table.name)
    if known is None or any(known.by_name[name].required for name in lost if name in known.by_name):
        return False
    return any(row[name] for name in OWNERS if name not in lost)


def _rounded(degrees: str) -> str:
    """Return degrees to some ten metres, however they are written; what is no number stays."""
    try:
        return f"{float(degrees):.4f}"
    except ValueError:
        return degrees


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
