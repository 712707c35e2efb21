"""To which service a row of a directory belongs, and in which words a person would name it."""

from __future__ import annotations

from bot.directory.hsds.records import Dataset, Row
from bot.directory.hsds.specification import LINKS, table_called

# A row's way to its service, the shortest first.
WAYS = {
    "service_id": "services",
    "service_at_location_id": "service_at_location",
    "location_id": "locations",
    "phone_id": "phones",
    "contact_id": "contacts",
    "organization_id": "organizations",
}
FARTHEST = 5


class Belonging:
    """Finds the service of any row of a directory, and names it."""

    def __init__(self, dataset: Dataset) -> None:
        self._rows = {
            name: {row["id"]: row for row in table.rows} for name, table in dataset.tables.items()
        }
        links = dataset.rows("service_at_location")
        self._at = {row["location_id"]: row["service_id"] for row in reversed(links)}

    def service(self, table: str, row: Row) -> Row | None:
        """Return the service that a row says something of; None when it is of no service."""
        for _ in range(FARTHEST):
            if table == "services":
                return row
            found = self._owner(table, row)
            if found is None:
                return None
            table, row = found
        return None

    def name(self, table: str, row: Row) -> str:
        """Return the name of the row's service, else of its organization, else its own."""
        service = self.service(table, row)
        if service:
            return service["name"]
        organization = self._rows.get("organizations", {}).get(row["organization_id"])
        return organization["name"] if organization else row["name"]

    def label(self, table: str, row: Row) -> str:
        """Return what tells rows of one service apart, where the field alone does not."""
        if table == "attributes":
            term = self._rows.get("taxonomy_terms", {}).get(row["taxonomy_term_id"])
            return term["code"] if term else ""
        if table == "translations":
            return f"{row['field']} in {row['language']}"
        return ""

    def _owner(self, table: str, row: Row) -> tuple[str, Row] | None:
        for link, entity in LINKS.items():
            linked = table_called(row[entity])
            if linked and row[link]:
                return self._found(linked.name, row[link])
        if table == "locations":
            return self._found("services", self._at.get(row["id"], ""))
        for field, owner in WAYS.items():
            if row[field] and owner != table:
                return self._found(owner, row[field])
        return None

    def _found(self, table: str, id_: str) -> tuple[str, Row] | None:
        row = self._rows.get(table, {}).get(id_)
        return (table, row) if row else None
