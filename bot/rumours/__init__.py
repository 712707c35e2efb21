"""Rumours that a city has checked: read, found again in a message, exported as ClaimReview."""
