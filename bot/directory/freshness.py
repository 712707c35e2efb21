"""How long a checked fact holds, and what to confirm next.

The rule: a fact that no page confirms is never shown. A fact that was read on its page, or
confirmed by an office, is shown for a year; after that only with the words "not confirmed since".
Urgent cards use facts of the past year alone, besides the emergency number.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from bot import routes
from bot.directory.model import Pack, Service

HOLDS = datetime.timedelta(days=365)
# What a pack says of an entry that no office has confirmed yet.
NOBODY = "public pages"


def is_fresh(service: Service, today: datetime.date) -> bool:
    """Tell whether the facts of a service were checked within a year."""
    return datetime.timedelta() <= today - service.checked_on <= HOLDS


def is_confirmed(service: Service, today: datetime.date) -> bool:
    """Tell whether an office has confirmed a service within a year."""
    return service.checked_by not in (None, NOBODY) and is_fresh(service, today)


def due(pack: Pack, usage: Mapping[str, int], today: datetime.date) -> list[Service]:
    """Return the services in the order in which to confirm them, the most pressing first.

    Those of urgent routes first, then those nobody has confirmed, then by age in months and by
    use: `usage` holds how often each route was asked for.
    """

    def pressing(service: Service) -> tuple[int, ...]:
        urgent = any(routes.get(route).urgent for route in service.routes)
        months = (today - service.checked_on).days // 30
        used = sum(usage.get(route, 0) for route in service.routes)
        return (not urgent, is_confirmed(service, today), -months, -used)

    return sorted(pack.services.values(), key=pressing)
