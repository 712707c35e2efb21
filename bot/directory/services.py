"""Builds Services from the rows of a pack's tables, without the facts marked as unchecked.

A fact is hidden in one place only, `_Facts.shown`: a row of attributes.csv with the term
`unchecked` names it ("phone", "cost", "name:nl", "route:mental_health", "entry" for all).
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from typing import Any

from bot import routes
from bot.directory.city import CityFile
from bot.directory.districts import of_postcode
from bot.directory.model import Area, LocalText, Opening, Phone, Point, Service
from bot.directory.tables import DAYS, Row, Tables, is_date, is_language, is_url
from bot.words import languages
from bot.words.languages import SOURCE_LANGUAGE

HIDEABLE = (
    "entry", "organization", "website", "email", "phone", "hours", "languages", "cost",
    "anonymous", "what-happens", "chat", "address", "audience", "step-free", "interpreters",
    "how-to-come", "to-bring",
)  # fmt: skip
FACTS = (
    "source",
    "source-quality",
    "source-year",
    "anonymous",
    "what-happens",
    "chat",
    "unchecked",
    "for-group",
    "doubt",
    "checked-by",
    "confidential-address",
)


BY_SERVICE = (
    "phones",
    "schedules",
    "languages",
    "service_areas",
    "service_at_location",
    "required_documents",
)


def build(rows: Tables, here: CityFile | None) -> tuple[dict[str, Service], list[str], list[str]]:
    """Return the shown services by id, the faults found, and the unchecked facts by name."""
    builder = _Builder(rows, here)
    built = {row["id"]: builder.service(row) for row in rows["services"]}
    shown = {id_: service for id_, service in built.items() if service is not None}
    return shown, builder.faults, builder.unchecked


class _Builder:
    """Puts the rows of one service together; gathers faults and unchecked facts on the way."""

    def __init__(self, rows: Tables, here: CityFile | None) -> None:
        self.faults: list[str] = []
        self.unchecked: list[str] = []
        self._areas = here.areas if here else {}
        self._city = here.city if here else None
        self._codes = {term["id"]: term["code"] for term in rows["taxonomy_terms"]}
        self._organizations = {row["id"]: row["name"] for row in rows["organizations"]}
        self._locations = {row["id"]: row for row in rows["locations"]}
        self._addresses = {row["location_id"]: row for row in reversed(rows["addresses"])}
        self._access = {row["location_id"]: row for row in reversed(rows["accessibility"])}
        self._by_service = {name: _grouped(rows[name], "service_id") for name in BY_SERVICE}
        self._attributes = _grouped(rows["attributes"], "link_id")
        self._translations: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
        for row in rows["translations"]:
            key = (row["link_entity"], row["link_id"], row["field"])
            self._translations[key][row["language"]] = row["text"]

    def service(self, row: Row) -> Service | None:
        """Return the service of this row of services.csv; None when it may not be shown."""
        facts = self._facts(row)
        hidden = frozenset(fact["value"] for fact in facts["unchecked"])
        self.unchecked += [f"{row['name']}: {name}" for name in sorted(hidden)]
        if row["status"] != "active" or "entry" in hidden:
            return None
        described = self._text(row, "service", "description")
        route_ids = self._route_ids(row["id"], hidden)
        source = self._source(row, facts)
        area = self._area(row)
        if described is None or source is None or area is None:
            return None
        return Service(
            id=row["id"],
            names=self._names(row, hidden),
            default_name=row["name"],
            organization=self._organizations.get(row["organization_id"])
            if "organization" not in hidden
            else None,
            description=described,
            routes=route_ids,
            area=area,
            source=source,
            checked_on=_date(row["assured_date"]),
            checked_by=facts["checked-by"][0]["value"] if facts["checked-by"] else None,
            source_year=self._source_year(facts["source-year"]),
            for_a_group=bool(facts["for-group"]),
            **self._ways_in(row, facts, hidden),
            **self._whereabouts(row, facts, hidden),
            **self._conditions(row, facts, hidden),
        )

    def _ways_in(
        self, row: Row, facts: dict[str, list[Row]], hidden: frozenset[str]
    ) -> dict[str, Any]:
        chat = facts["chat"][0]["value"] if facts["chat"] else ""
        schedules = [] if "hours" in hidden else self._by_service["schedules"][row["id"]]
        notes = [self._text(entry, "schedule", "description") for entry in schedules]
        return {
            "phones": () if "phone" in hidden else self._phones(row["id"]),
            "website": _shown(row["url"], "website", hidden),
            "email": _shown(row["email"], "email", hidden),
            "chat": _shown(chat, "chat", hidden),
            "openings": tuple(_opening(entry) for entry in schedules if entry["freq"]),
            "hours_notes": tuple(note for note in notes if note),
        }

    def _whereabouts(
        self, row: Row, facts: dict[str, list[Row]], hidden: frozenset[str]
    ) -> dict[str, Any]:
        """Return where a service is. A secret address was taken out before, see disclosure.py."""
        if facts["confidential-address"]:
            return {"address_is_secret": True}
        place = self._place(row["id"])
        if place is None or "address" in hidden:
            return {}
        address = self._addresses.get(place["id"])
        access = self._access.get(place["id"])
        district = (
            of_postcode(self._city, address["postal_code"]) if address and self._city else None
        )
        return {
            "address": self._address(address) if address else None,
            "point": _point(place) or (district.point if district else None),
            "district": district.id if district else None,
            "step_free": self._text(access, "accessibility", "description")
            if access and "step-free" not in hidden
            else None,
        }

    def _conditions(
        self, row: Row, facts: dict[str, list[Row]], hidden: frozenset[str]
    ) -> dict[str, Any]:
        spoken = [] if "languages" in hidden else self._by_service["languages"][row["id"]]
        cost = None if "cost" in hidden else self._text(row, "service", "fees_description")
        audience = (
            None if "audience" in hidden else self._text(row, "service", "eligibility_description")
        )
        notes = (self._text(entry, "language", "note") for entry in spoken)
        documents = (
            [] if "to-bring" in hidden else self._by_service["required_documents"][row["id"]]
        )
        bring = (self._text(entry, "required_document", "document") for entry in documents)
        return {
            "to_bring": tuple(document for document in bring if document),
            "interpreters": None
            if "interpreters" in hidden
            else self._text(row, "service", "interpretation_services"),
            "how_to_come": None
            if "how-to-come" in hidden
            else self._text(row, "service", "application_process"),
            "languages": tuple(
                entry["code"]
                for entry in spoken
                if entry["code"] and f"language:{entry['code']}" not in hidden
            ),
            "language_notes": tuple(note for note in notes if note),
            "cost": cost,
            "audience": audience,
            "anonymous": None if "anonymous" in hidden else self._anonymous(facts["anonymous"]),
            "what_happens": None
            if "what-happens" in hidden
            else self._what_happens(facts["what-happens"]),
        }

    def _facts(self, row: Row) -> dict[str, list[Row]]:
        facts: dict[str, list[Row]] = defaultdict(list)
        for attribute in self._attributes[row["id"]]:
            code = self._codes.get(attribute["taxonomy_term_id"], "")
            if code and code not in FACTS and code not in routes.table():
                self.faults.append(
                    attribute.fault("taxonomy_term_id", f"{code!r} is unknown", "a route or fact")
                )
            if code == "unchecked" and not self._may_be_hidden(attribute["value"]):
                self.faults.append(
                    attribute.fault(
                        "value", f"{attribute['value']!r} is unknown", ", ".join(HIDEABLE)
                    )
                )
            if code in ("source", "chat") and not is_url(attribute["value"]):
                wrong = f"{attribute['value']!r} is no web address"
                self.faults.append(attribute.fault("value", wrong, "http://... or https://..."))
            facts[code].append(attribute)
        return facts

    @staticmethod
    def _may_be_hidden(name: str) -> bool:
        kind, _, detail = name.partition(":")
        if kind == "route":
            return detail in routes.table()
        of_language = kind in ("name", "language") and is_language(detail)
        return name in HIDEABLE or of_language

    def _route_ids(self, service_id: str, hidden: frozenset[str]) -> tuple[str, ...]:
        codes = (
            self._codes.get(row["taxonomy_term_id"], "") for row in self._attributes[service_id]
        )
        return tuple(
            code for code in codes if code in routes.table() and f"route:{code}" not in hidden
        )

    def _source(self, row: Row, facts: dict[str, list[Row]]) -> str | None:
        sources = [fact["value"] for fact in facts["source"]]
        if not sources:
            self.faults.append(
                row.fault("source", "has no source in attributes.csv", "a web address")
            )
            return None
        return sources[0]

    def _source_year(self, rows: list[Row]) -> int | None:
        if rows and not re.fullmatch(r"(19|20)\d\d", rows[0]["value"]):
            self.faults.append(
                rows[0].fault("value", f"{rows[0]['value']!r} is no year", "a year like 2024")
            )
            return None
        return int(rows[0]["value"]) if rows else None

    def _area(self, row: Row) -> Area | None:
        names = [area["name"] for area in self._by_service["service_areas"][row["id"]]]
        if not self._areas:  # city.yml has faults of its own
            return None
        if len(names) != 1 or names[0] not in self._areas:
            wrong = f"has the areas {names} in service_areas.csv"
            self.faults.append(row.fault("area", wrong, f"one of {', '.join(self._areas)}"))
            return None
        return self._areas[names[0]]

    def _names(self, row: Row, hidden: frozenset[str]) -> dict[str, str]:
        translated = self._translations[("service", row["id"], "name")]
        return {code: name for code, name in translated.items() if f"name:{code}" not in hidden}

    def _phones(self, service_id: str) -> tuple[Phone, ...]:
        return tuple(
            Phone(row["number"], row["type"], self._text(row, "phone", "description"))
            for row in self._by_service["phones"][service_id]
        )

    def _place(self, service_id: str) -> Row | None:
        """Return the first place of a service, one with an address before others."""
        links = self._by_service["service_at_location"][service_id]
        ids = [link["location_id"] for link in links if link["location_id"] in self._locations]
        ids.sort(key=lambda id_: id_ not in self._addresses)
        return self._locations[ids[0]] if ids else None

    @staticmethod
    def _address(row: Row) -> str:
        return ", ".join([row["address_1"], f"{row['postal_code']} {row['city']}"])

    def _anonymous(self, rows: list[Row]) -> bool | None:
        if rows and rows[0]["value"] not in ("yes", "no"):
            self.faults.append(
                rows[0].fault("value", f"{rows[0]['value']!r} does not fit", "yes, no")
            )
        return rows[0]["value"] == "yes" if rows else None

    def _what_happens(self, rows: list[Row]) -> LocalText | None:
        return self._text(rows[0], "attribute", "value") if rows else None

    def _text(self, row: Row, entity: str, field: str) -> LocalText | None:
        """Return a text of the row in every supported language; a missing one is a fault."""
        if not row[field]:
            return None
        texts = {**self._translations[(entity, row["id"], field)], SOURCE_LANGUAGE: row[field]}
        missing = [code for code in languages.supported() if not texts.get(code)]
        if missing:
            wrong = f"has no text in {', '.join(missing)}"
            self.faults.append(
                row.fault(field, wrong, "a line in translations.csv for each language")
            )
            return None
        return LocalText(texts)


def _shown(value: str, name: str, hidden: frozenset[str]) -> str | None:
    return value if value and name not in hidden else None


def _date(value: str) -> datetime.date:
    # A wrong date is a fault that tables.py has named; the pack is refused for it.
    return datetime.date.fromisoformat(value) if is_date(value) else datetime.date.min


def _point(row: Row) -> Point | None:
    if not (row["latitude"] and row["longitude"]):
        return None
    return Point(float(row["latitude"]), float(row["longitude"]))


def _opening(row: Row) -> Opening:
    """Return a schedule of HSDS: WEEKLY with MO,TU or MONTHLY with 1MO,-1FR."""
    days = [(day[-2:], day[:-2]) for day in row["byday"].split(",")]
    return Opening(
        frozenset(DAYS.index(day) for day, _ in days),
        datetime.time.fromisoformat(row["opens_at"]),
        datetime.time.fromisoformat(row["closes_at"]),
        frozenset(int(week) for _, week in days if week),
        _day_or_none(row["valid_from"]),
        _day_or_none(row["valid_to"]),
    )


def _day_or_none(value: str) -> datetime.date | None:
    return _date(value) if value else None


def _grouped(rows: list[Row], name: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[name]].append(row)
    return groups
