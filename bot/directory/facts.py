"""The rows of a pack gathered by service, the texts in every language, and what is hidden.

A fact is hidden in one place only: a row of attributes.csv with the term `unchecked` names it
("phone", "cost", "name:nl", "route:mental_health", "entry" for all).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bot import routes
from bot.directory.city import CityFile
from bot.directory.hsds.records import Row
from bot.directory.model import LocalText
from bot.directory.tables import Tables, is_language, is_url
from bot.words import languages
from bot.words.languages import SOURCE_LANGUAGE

HIDEABLE = (
    "entry", "organization", "website", "email", "phone", "hours", "languages", "cost",
    "anonymous", "what-happens", "chat", "address", "audience", "step-free", "interpreters",
    "how-to-come", "to-bring", "run-by", "residence-asked", "answer-within",
)  # fmt: skip
FACTS = (
    "source", "source-quality", "source-year", "anonymous", "what-happens", "chat", "unchecked",
    "for-group", "doubt", "checked-by", "confidential-address", "run-by", "residence-asked",
    "residence-note", "answer-within",
)  # fmt: skip
BY_SERVICE = (
    "phones", "schedules", "languages", "service_areas", "service_at_location",
    "required_documents",
)  # fmt: skip


class Facts:
    """What the tables say of each service; gathers faults on the way."""

    def __init__(self, rows: Tables, here: CityFile | None) -> None:
        self.faults: list[str] = []
        self.organizations = {row["id"]: row["name"] for row in rows["organizations"]}
        self.locations = {row["id"]: row for row in rows["locations"]}
        self.addresses = {row["location_id"]: row for row in reversed(rows["addresses"])}
        self.access = {row["location_id"]: row for row in reversed(rows["accessibility"])}
        self._promised = here.city.languages if here else languages.supported()
        self._codes = {term["id"]: term["code"] for term in rows["taxonomy_terms"]}
        self._by_service = {name: _grouped(rows[name], "service_id") for name in BY_SERVICE}
        self._attributes = _grouped(rows["attributes"], "link_id")
        self._translations: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
        for row in rows["translations"]:
            key = (row["link_entity"], row["link_id"], row["field"])
            self._translations[key][row["language"]] = row["text"]

    def rows(self, table: str, service: Row) -> list[Row]:
        """Return the rows of one of the tables BY_SERVICE that belong to a service."""
        return self._by_service[table][service["id"]]

    def of(self, service: Row) -> dict[str, list[Row]]:
        """Return the rows of attributes.csv that belong to a service, by the code of their term."""
        facts: dict[str, list[Row]] = defaultdict(list)
        for attribute in self._attributes[service["id"]]:
            code = self._codes.get(attribute["taxonomy_term_id"], "")
            self.faults += _attribute_faults(attribute, code)
            facts[code].append(attribute)
        return facts

    def places(self, service: Row) -> list[Row]:
        """Return the places of a service, those with an address first."""
        links = self.rows("service_at_location", service)
        ids = [link["location_id"] for link in links if link["location_id"] in self.locations]
        return [self.locations[id_] for id_ in sorted(ids, key=lambda i: i not in self.addresses)]

    def names(self, service: Row) -> dict[str, str]:
        """Return the official names of a service by language."""
        return self._translations[("service", service["id"], "name")]

    def text(self, row: Row, entity: str, field: str) -> LocalText | None:
        """Return a text of a row in every language of the pack; a missing one is a fault."""
        if not row[field]:
            return None
        texts = {**self._translations[(entity, row["id"], field)], SOURCE_LANGUAGE: row[field]}
        missing = [code for code in self._promised if not texts.get(code)]
        if missing:
            wrong = f"has no text in {', '.join(missing)}"
            allowed = "a line in translations.csv for each language"
            self.faults.append(str(row.fault(field, wrong, allowed)))
            return None
        return LocalText(texts)

    def texts(self, rows: Iterable[Row], entity: str, field: str) -> tuple[LocalText, ...]:
        """Return a text of each row that has it."""
        found = (self.text(row, entity, field) for row in rows)
        return tuple(text for text in found if text)


def _attribute_faults(row: Row, code: str) -> list[str]:
    value, faults = row["value"], []
    if code and code not in FACTS and code not in routes.table():
        faults.append(str(row.fault("taxonomy_term_id", f"{code!r} is unknown", "a route or fact")))
    if code == "unchecked" and not _may_be_hidden(value):
        faults.append(str(row.fault("value", f"{value!r} is unknown", ", ".join(HIDEABLE))))
    if code in ("source", "chat") and not is_url(value):
        allowed = "http://... or https://..."
        faults.append(str(row.fault("value", f"{value!r} is no web address", allowed)))
    return faults


def _may_be_hidden(name: str) -> bool:
    kind, _, detail = name.partition(":")
    if kind == "route":
        return detail in routes.table()
    return name in HIDEABLE or (kind in ("name", "language") and is_language(detail))


def _grouped(rows: list[Row], name: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[name]].append(row)
    return groups
