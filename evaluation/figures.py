"""The figures of understanding: shares, with the uncertainty of small numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from bot import routes
from evaluation.guesses import Pairs

NORMAL_95 = 1.96


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """Return the share, from 0 to 1; 0 of nothing."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Return the 95% interval of the share (Wilson 1927)."""
        if not self.of:
            return 0.0, 1.0
        z2 = NORMAL_95**2
        middle = (self.value + z2 / (2 * self.of)) / (1 + z2 / self.of)
        spread = self.value * (1 - self.value) / self.of + z2 / (4 * self.of**2)
        reach = NORMAL_95 * sqrt(spread) / (1 + z2 / self.of)
        return middle - reach, middle + reach


def share(truths: Iterable[bool]) -> Share:
    """Return how many are true."""
    listed = list(truths)
    return Share(sum(listed), len(listed))


@dataclass(frozen=True)
class Figures:
    """The figures of one language, or of all together.

    top1, top3: a right route stands first, or among the first three. urgent_found: messages of an
    urgent route that end on an urgent route; urgent_or_asked: those that are at least asked, with
    the number shown. false_alarms: of messages for which no urgent route is right. over_escalated:
    the same, among support and frontline messages. out_of_scope_found, falsely_rejected: what no
    service is for and ends as such, and the other way round. language: recognised, by length.
    """

    top1: Share
    top3: Share
    sure: Share
    right_if_sure: Share
    urgent_found: Share
    urgent_or_asked: Share
    false_alarms: Share
    asked_in_vain: Share
    over_escalated: Share
    out_of_scope_found: Share
    falsely_rejected: Share
    language_1_2: Share
    language_3_8: Share
    language_longer: Share


def figures(pairs: Pairs) -> Figures:
    """Return the figures of some messages."""
    danger = [(e, g) for e, g in pairs if e.urgent]
    harmless = [(e, g) for e, g in pairs if e.harmless]
    scope = [(e, g) for e, g in pairs if "out_of_scope" in e.right]
    inside = [(e, g) for e, g in pairs if "out_of_scope" not in e.right]
    return Figures(
        top1=share(g.route in e.right for e, g in pairs),
        top3=share(bool(set(e.right) & set(g.ranking[:3])) for e, g in pairs),
        sure=share(g.sure for _, g in pairs),
        right_if_sure=share(g.route in e.right for e, g in pairs if g.sure),
        urgent_found=share(g.alarmed for _, g in danger),
        urgent_or_asked=share(g.alarmed or g.asked for _, g in danger),
        false_alarms=share(g.alarmed for _, g in harmless),
        asked_in_vain=share(g.asked for _, g in harmless),
        over_escalated=share(g.alarmed for e, g in harmless if e.group in ("support", "frontline")),
        out_of_scope_found=share(g.route == "out_of_scope" for _, g in scope),
        falsely_rejected=share(g.route == "out_of_scope" for _, g in inside),
        language_1_2=_language(pairs, 1, 2),
        language_3_8=_language(pairs, 3, 8),
        language_longer=_language(pairs, 9, 10_000),
    )


def _language(pairs: Pairs, fewest: int, most: int) -> Share:
    fitting = [(e, g) for e, g in pairs if fewest <= len(e.text.split()) <= most]
    return share(g.language == e.language for e, g in fitting)


@dataclass(frozen=True)
class RouteFigures:
    """How one route fares: precision, recall and their harmonic mean."""

    route: str
    precision: Share
    recall: Share

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        together = self.precision.value + self.recall.value
        return 2 * self.precision.value * self.recall.value / together if together else 0.0


def by_route(pairs: Pairs) -> list[RouteFigures]:
    """Return the figures of each route, the worst first."""
    found = [
        RouteFigures(
            route,
            precision=share(route in e.right for e, g in pairs if g.route == route),
            recall=share(g.route in e.right for e, g in pairs if e.right[0] == route),
        )
        for route in routes.ids()
    ]
    return sorted(found, key=lambda figures: figures.f1)


def by_urgent_route(pairs: Pairs) -> dict[str, Share]:
    """Return for each urgent route how many of its messages end on any urgent route."""
    return {
        route: share(g.alarmed for e, g in pairs if e.right[0] == route)
        for route in routes.ids("urgent")
    }


def confusions(pairs: Pairs) -> Counter[tuple[str, str]]:
    """Return how often which route was taken for which; right answers count on the diagonal."""
    return Counter((e.right[0], e.right[0] if g.route in e.right else g.route) for e, g in pairs)
