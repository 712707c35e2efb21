"""Made-up figures of a benchmark, whole, as `make bench` keeps them."""

from __future__ import annotations

import copy
from typing import Any

from bench.sizes import CHATS
from bench.turns import DEFAULT, FLOOR, PACED, REST, TELEGRAM

MACHINE = {"processor": "A processor", "cores": "2", "memory": "8 GB"}
P50 = {DEFAULT: 40.0, REST: 4.0, PACED: 9.0, TELEGRAM: 12.0, FLOOR: 0.3}


def row(p50: float) -> dict[str, float]:
    tails = {"p95_ms": 1.5 * p50, "p99_ms": 2 * p50, "per_second": 1000 / p50}
    return {
        "p50_ms": p50,
        **tails,
        "turns": 100,
        "short_answers": 0,
        "short_p95_ms": 0.0,
        "lost": 0,
    }


def held(rasa: float) -> dict[str, dict[str, float]]:
    rows = {"Rasa": {"rss": rasa, "pss": rasa - 20}, "gateway": {"rss": 90.0, "pss": 70.0}}
    total = {kind: sum(one[kind] for one in rows.values()) for kind in ("rss", "pss")}
    return {**rows, "all": total}


def part(figures: dict[str, Any], size: str = "full") -> dict[str, Any]:
    made = {"date": "2026-11-22", "commit": "abc1234", "size": size, "machine": MACHINE}
    return {**made, "figures": figures}


def figures() -> dict[str, Any]:
    ways = {way: {str(chats): row(p50) for chats in CHATS} for way, p50 in P50.items()}
    limited = {"8": {**row(100.0), "messages_per_second": 29.9}}
    moments = {
        "at start": held(210.0),
        "after 10000 turns": held(220.0),
        "after 100000 turns": held(222.0),
        "open conversations": held(400.0),
        "default": {"Rasa": {"rss": 1200.0, "pss": 1100.0}, "all": {"rss": 1200.0, "pss": 1100.0}},
    }
    trained = [
        {
            "messages": 1000 * share,
            "languages": 12,
            "seconds": 30.0 + share,
            "model_mb": 1.0 * share,
        }
        for share in (1, 2, 4)
    ]
    parts = {
        "turns": {"ways": ways, "limited": limited, "pace": 12.0},
        "memory": {"moments": moments, "few": 10_000, "many": 100_000, "open": 50_000},
        "start": {"ours_s": 6.5, "default_s": 33.0, "model_s": 0.3, "times": {}},
        "lengths": {
            "turns": 400,
            "window": 50,
            "drift": 1.02,
            "default_drift": 4.0,
            "by_turn": {"1": 4.0, "41": 4.1},
            "default_by_turn": {"1": 40.0, "41": 80.0},
            "by_characters": {str(n): {"p50_ms": 4.0, "p95_ms": 5.0} for n in (1, 100, 4096)},
        },
        "directory": {"answer, 30 services": {"p50_ms": 0.4, "p95_ms": 0.6}},
        "training": {
            "by_messages": trained,
            "by_languages": trained,
            "slopes": {"seconds_by_messages": 0.4, "model_mb_by_messages": 1.0},
        },
    }
    return copy.deepcopy({"parts": {name: part(found) for name, found in parts.items()}})
