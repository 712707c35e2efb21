"""Builds Services from the facts of a pack, without those that are marked as unchecked."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from bot import routes
from bot.directory import handling
from bot.directory.city import CityFile
from bot.directory.districts import of_postcode
from bot.directory.facts import Facts
from bot.directory.hsds.records import Row
from bot.directory.hsds.values import is_date
from bot.directory.model import Area, Opening, Phone, Place, Point, Service
from bot.directory.tables import DAYS, Tables

Codes = dict[str, list[Row]]


def build(rows: Tables, here: CityFile | None) -> tuple[dict[str, Service], list[str], list[str]]:
    """Return the shown services by id, the faults found, and the unchecked facts by name."""
    builder = _Builder(Facts(rows, here), here)
    built = {row["id"]: builder.service(row) for row in rows["services"]}
    shown = {id_: service for id_, service in built.items() if service is not None}
    return shown, builder.faults, builder.unchecked


class _Builder:
    """Puts the facts of one service together; gathers faults and unchecked facts on the way."""

    def __init__(self, facts: Facts, here: CityFile | None) -> None:
        self.unchecked: list[str] = []
        self.faults = facts.faults
        self._facts = facts
        self._areas: Mapping[str, Area] = here.areas if here else {}
        self._city = here.city if here else None

    def service(self, row: Row) -> Service | None:
        """Return the service of this row of services.csv; None when it may not be shown."""
        codes = self._facts.of(row)
        hidden = frozenset(fact["value"] for fact in codes["unchecked"])
        self.unchecked += [f"{row['name']}: {name}" for name in sorted(hidden)]
        if row["status"] != "active" or "entry" in hidden:
            return None
        described = self._facts.text(row, "service", "description")
        source, area = self._source(row, codes), self._area(row)
        parts = {
            **self._ways_in(row, codes),
            **self._whereabouts(row, codes),
            **self._conditions(row, codes),
            **handling.told(self._facts, codes),
        }
        if described is None or source is None or area is None:
            return None
        return Service(
            id=row["id"],
            names=_names(self._facts.names(row), hidden),
            default_name=row["name"],
            organization=self._organization(row, hidden),
            description=described,
            routes=_route_ids(codes, hidden),
            area=area,
            source=source,
            checked_on=_date(row["assured_date"]),
            checked_by=_first(codes["checked-by"]),
            source_year=self._source_year(codes["source-year"]),
            for_a_group=bool(codes["for-group"]),
            **{name: part for name, part in parts.items() if not _is_hidden(name, hidden)},
        )

    def _ways_in(self, row: Row, codes: Codes) -> dict[str, Any]:
        schedules = self._facts.rows("schedules", row)
        return {
            "phones": tuple(
                Phone(line["number"], line["type"], self._facts.text(line, "phone", "description"))
                for line in self._facts.rows("phones", row)
            ),
            "website": row["url"] or None,
            "email": row["email"] or None,
            "chat": _first(codes["chat"]),
            "openings": tuple(_opening(entry) for entry in schedules if entry["freq"]),
            "hours_notes": self._facts.texts(schedules, "schedule", "description"),
        }

    def _whereabouts(self, row: Row, codes: Codes) -> dict[str, Any]:
        """Return where a service is. A secret address was taken out before, see disclosure.py."""
        if codes["confidential-address"]:
            return {"address_is_secret": True}
        hidden = {fact["value"] for fact in codes["unchecked"]}
        places = (self._place(place, hidden) for place in self._facts.places(row))
        return {"places": tuple(places)}

    def _place(self, row: Row, hidden: set[str]) -> Place:
        address, access = (
            table.get(row["id"]) for table in (self._facts.addresses, self._facts.access)
        )
        postcode = address["postal_code"] if address else ""
        district = of_postcode(self._city, postcode) if self._city else None
        told = self._facts.texts([access] if access else [], "accessibility", "description")
        return Place(
            name=row["name"],
            address=_address(address) if address else None,
            point=_point(row) or (district.point if district else None),
            is_exact=_point(row) is not None,
            district=district.id if district else None,
            step_free=told[0] if told and "step-free" not in hidden else None,
        )

    def _conditions(self, row: Row, codes: Codes) -> dict[str, Any]:
        spoken = self._facts.rows("languages", row)
        documents = self._facts.rows("required_documents", row)
        hidden = {fact["value"] for fact in codes["unchecked"]}
        known = [line["code"] for line in spoken if f"language:{line['code']}" not in hidden]
        return {
            "languages": tuple(code for code in known if code),
            "language_notes": self._facts.texts(spoken, "language", "note"),
            "interpreters": self._facts.text(row, "service", "interpretation_services"),
            "how_to_come": self._facts.text(row, "service", "application_process"),
            "to_bring": self._facts.texts(documents, "required_document", "document"),
            "cost": self._facts.text(row, "service", "fees_description"),
            "audience": self._facts.text(row, "service", "eligibility_description"),
        }

    def _organization(self, row: Row, hidden: frozenset[str]) -> str | None:
        if "organization" in hidden:
            return None
        return self._facts.organizations.get(row["organization_id"])

    def _source(self, row: Row, codes: Codes) -> str | None:
        source = _first(codes["source"])
        if source is None:
            wrong = "has no source in attributes.csv"
            self.faults.append(str(row.fault("source", wrong, "a web address")))
        return source

    def _source_year(self, rows: list[Row]) -> int | None:
        year = _first(rows)
        if year and not re.fullmatch(r"(19|20)\d\d", year):
            fault = rows[0].fault("value", f"{year!r} is no year", "a year like 2024")
            self.faults.append(str(fault))
            return None
        return int(year) if year else None

    def _area(self, row: Row) -> Area | None:
        names = [area["name"] for area in self._facts.rows("service_areas", row)]
        if not self._areas:  # city.yml has faults of its own
            return None
        if len(names) != 1 or names[0] not in self._areas:
            wrong = f"has the areas {names} in service_areas.csv"
            self.faults.append(str(row.fault("area", wrong, f"one of {', '.join(self._areas)}")))
            return None
        return self._areas[names[0]]


# What the unchecked facts are called in attributes.csv, where that is another name.
_HIDDEN_AS = {
    "phones": "phone",
    "openings": "hours",
    "hours_notes": "hours",
    "language_notes": "languages",
    "places": "address",
}


def _is_hidden(name: str, hidden: frozenset[str]) -> bool:
    return _HIDDEN_AS.get(name, name).replace("_", "-") in hidden


def _route_ids(codes: Codes, hidden: frozenset[str]) -> tuple[str, ...]:
    return tuple(c for c in codes if c in routes.table() and f"route:{c}" not in hidden)


def _names(names: Mapping[str, str], hidden: frozenset[str]) -> dict[str, str]:
    return {code: name for code, name in names.items() if f"name:{code}" not in hidden}


def _first(rows: list[Row]) -> str | None:
    return rows[0]["value"] or None if rows else None


def _address(row: Row) -> str:
    return ", ".join([row["address_1"], f"{row['postal_code']} {row['city']}"])


def _point(row: Row) -> Point | None:
    if not (row["latitude"] and row["longitude"]):
        return None
    return Point(float(row["latitude"]), float(row["longitude"]))


def _date(value: str) -> datetime.date:
    # A wrong date is a fault that tables.py has named; the pack is refused for it.
    return datetime.date.fromisoformat(value) if is_date(value) else datetime.date.min


def _opening(row: Row) -> Opening:
    """Return a schedule of HSDS: WEEKLY with MO,TU or MONTHLY with 1MO,-1FR."""
    days = [(day[-2:], day[:-2]) for day in row["byday"].split(",")]
    return Opening(
        frozenset(DAYS.index(day) for day, _ in days),
        datetime.time.fromisoformat(row["opens_at"]),
        datetime.time.fromisoformat(row["closes_at"]),
        frozenset(int(week) for _, week in days if week),
        _date(row["valid_from"]) if row["valid_from"] else None,
        _date(row["valid_to"]) if row["valid_to"] else None,
    )
