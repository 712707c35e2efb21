"""Ids that are UUIDs, made from ids that are none: the same id always gives the same UUID."""

from __future__ import annotations

import uuid

from bot.directory.hsds.records import Dataset, Row
from bot.directory.hsds.specification import BY_ENTITY, BY_NAME, LINKS, table_called
from bot.directory.hsds.values import is_uuid

# Of ids that come without a mapping, whose namespace would be of their publisher.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://docs.openreferral.org/hsds/3.0")


def made(namespace: uuid.UUID, table: str, text: str) -> str:
    """Return the id itself when it is a UUID or empty, else a UUIDv5 of table and id."""
    return text if not text or is_uuid(text) else str(uuid.uuid5(namespace, f"{table}/{text}"))


def make(dataset: Dataset) -> None:
    """Turn every id and reference of the dataset that is no UUID into one."""
    for table in dataset.tables.values():
        for row in table.rows:
            for name in [name for name in row.values if name == "id" or name.endswith("_id")]:
                target = target_of(table.name, name, row)
                if target:
                    row.values[name] = made(NAMESPACE, target, row[name])


def target_of(table: str, name: str, row: Row) -> str:
    """Return the table whose ids a field holds; nothing when it holds no ids.

    A field of an unknown table counts by its name, as service_id does.
    """
    known = BY_NAME.get(table)
    if name == "id":
        return table if known else ""
    if name in LINKS:
        linked = table_called(row[LINKS[name]])
        return linked.name if linked else ""
    field = known.by_name.get(name) if known else None
    entity = (field.refers_to if field else name.removesuffix("_id")) or ""
    return BY_ENTITY[entity].name if entity in BY_ENTITY else ""
