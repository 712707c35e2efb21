"""Rumours as ClaimReview of schema.org, so that search engines and fact-checkers can read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.rumours.model import FALSE, NOT_KNOWN_YET, TRUE, Rumour

CONTEXT = "https://schema.org"
# schema.org asks for a number and its bounds; what is not known yet has none.
RATINGS: Mapping[str, Mapping[str, Any]] = {
    FALSE: {"alternateName": "False", "ratingValue": 1, "worstRating": 1, "bestRating": 5},
    TRUE: {"alternateName": "True", "ratingValue": 5, "worstRating": 1, "bestRating": 5},
    NOT_KNOWN_YET: {"alternateName": "Not known yet"},
}


def reviews(rumours: Iterable[Rumour]) -> list[dict[str, Any]]:
    """Return a ClaimReview for each signed rumour and language; drafts stay where they are."""
    return [one for rumour in rumours if not rumour.is_draft for one in _of(rumour)]


def _of(rumour: Rumour) -> Iterator[dict[str, Any]]:
    for language, claim in rumour.claim.by_language.items():
        yield {
            "@context": CONTEXT,
            "@type": "ClaimReview",
            "identifier": rumour.id,
            "inLanguage": language,
            "claimReviewed": claim,
            "itemReviewed": {"@type": "Claim", "text": claim},
            "reviewBody": rumour.fact.in_language(language),
            "reviewRating": {"@type": "Rating", **RATINGS[rumour.state]},
            "author": {"@type": "GovernmentOrganization", "name": rumour.signed_by},
            "dateCreated": rumour.signed_on.isoformat(),
            "datePublished": rumour.date_published.isoformat(),
            "expires": rumour.next_check.isoformat(),
            "url": rumour.sources[0],
            "isBasedOn": list(rumour.sources),
        }
