"""Takes secret addresses out of a directory: the one place where that is done.

A shelter's address can cost a life. A service with the fact `confidential-address` loses its
places here, before anything is shown, ranked, measured from, or exported.
"""

from __future__ import annotations

from bot.directory.tables import Tables

CONFIDENTIAL = "confidential-address"


def disclosed(rows: Tables) -> Tables:
    """Return the tables without the places of services whose address is confidential."""
    terms = {row["id"] for row in rows["taxonomy_terms"] if row["code"] == CONFIDENTIAL}
    hidden = {row["link_id"] for row in rows["attributes"] if row["taxonomy_term_id"] in terms}
    places = {
        row["location_id"] for row in rows["service_at_location"] if row["service_id"] in hidden
    }
    return {
        name: [
            row
            for row in table
            if not (name == "locations" and row["id"] in places)
            and row["location_id"] not in places
        ]
        for name, table in rows.items()
    }
