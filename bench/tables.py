"""The figures as tables in Markdown, for the terminal and for docs/speed.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from bench import bars, memory
from bench.figures import rounded
from bench.turns import DEFAULT, FLOOR, PACED, REST, TELEGRAM

Figures = dict[str, Any]
WAYS = {
    DEFAULT: "(a) Rasa's default configuration",
    REST: "(b) Right Door, through Rasa's REST channel",
    PACED: "(c) Right Door, from Telegram's update to the reply",
    TELEGRAM: "(c) the same, as fast as it goes, without Telegram's limit",
    FLOOR: "(d) an echo on the same server",
}


def page(found: Figures) -> str:
    """Return all tables of the parts that were measured."""
    makers: dict[str, Callable[[Figures], str]] = {
        "turns": _turns,
        "start": _start,
        "memory": _memory,
        "lengths": _lengths,
        "training": _training,
        "directory": partial(_plain, "A large directory"),
        "signals": partial(_plain, "Counting and releases"),
    }
    sections = [_bars(found)]
    for name, make in makers.items():
        if name in found["parts"]:
            part = found["parts"][name]
            sections.append(f"{make(part['figures'])}\n\n{_origin(part)}")
    return "\n\n".join(sections) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table in Markdown; numbers as they are."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def _bars(found: Figures) -> str:
    rows = [
        (bar.name, bar.wanted, f"{rounded(value):g}{bar.unit}", "yes" if reached else "**no**")
        for bar, value, reached in bars.judged(found)
    ]
    return "## Bars\n\n" + table(("what", "wanted", "measured", "reached"), rows)


def _origin(part: Figures) -> str:
    run = "" if part["size"] == "full" else f" A {part['size']} run: not to be quoted."
    things = ", ".join(f"{name} {value}" for name, value in part["machine"].items())
    return f"Measured on {part['date']} at commit {part['commit']}; {things}.{run}"


def _turns(figures: Figures) -> str:
    head = ("way", "chats", "p50 ms", "p95 ms", "p99 ms", "turns/s", "of (a): p50", "turns/s")
    rows = [
        (name, *_turn_cells(row, chats), *_ratios(figures["ways"][DEFAULT][chats], row))
        for way, name in WAYS.items()
        for chats, row in figures["ways"][way].items()
    ]
    return "## A turn\n\n" + table(head, rows) + "\n\n" + "\n".join(_turn_notes(figures))


def _turn_cells(row: Figures, chats: str) -> Iterator[str]:
    yield chats
    yield from (f"{row[name]:g}" for name in ("p50_ms", "p95_ms", "p99_ms", "per_second"))


def _ratios(default: Figures, row: Figures) -> tuple[str, str]:
    pace = row["per_second"] / default["per_second"]
    return f"{row['p50_ms'] / default['p50_ms']:.3f}", f"{pace:.1f}"


def _turn_notes(figures: Figures) -> Iterator[str]:
    yield (
        f"The first line of (c) is paced: all people together begin {figures['pace']:g} turns a"
        " second at random moments, because Telegram allows a bot 30 messages a second."
    )
    for chats, row in figures["limited"].items():
        yield (
            f"As fast as {chats} chats write, with that limit kept: {row['per_second']:g} turns"
            f" and {row['messages_per_second']:g} messages a second, p50 {row['p50_ms']:g} ms;"
            f" besides, {_besides(row)}."
        )
    for way, by_chats in figures["ways"].items():
        for chats, row in by_chats.items():
            if row["short_answers"] or row["lost"]:
                yield f"{WAYS[way]}, {chats} chats: besides, {_besides(row)}."


def _besides(row: Figures) -> str:
    """Return what is no turn: fixed answers (or, of Rasa itself, empty ones), and none at all."""
    quick = f" within {row['short_p95_ms']:g} ms (p95)" if row["short_answers"] else ""
    asked = row["turns"] + row["short_answers"] + row["lost"]
    return f"{row['short_answers']} of {asked} got a short answer{quick}, {row['lost']} got none"


def _start(figures: Figures) -> str:
    rows = [
        ("Right Door", f"{figures['ours_s']:g}"),
        ("of it: seeing that nothing has to be trained", f"{figures['model_s']:g}"),
        ("Rasa's default configuration", f"{figures['default_s']:g}"),
    ]
    return "## Start\n\n" + table(("from the start to the first answer", "seconds"), rows)


def _memory(figures: Figures) -> str:
    moments = figures["moments"]
    names = list(dict.fromkeys(name for one in moments.values() for name in one))
    rows = [(name, *(_held(one.get(name)) for one in moments.values())) for name in names]
    heads = [_moment(name, figures) for name in moments]
    return "## Memory\n\nRSS (PSS) in MB.\n\n" + table(("process", *heads), rows)


def _held(row: Figures | None) -> str:
    return f"{row['rss']:.0f} ({row['pss']:.0f})" if row else ""


def _moment(name: str, figures: Figures) -> str:
    named = {
        memory.OPEN: f"with {figures['open']:,} open conversations",
        memory.DEFAULT: "Rasa's default configuration, at start",
    }
    return named.get(name, name)


def _lengths(figures: Figures) -> str:
    rows = [
        (f"from {turn}", f"{figures['by_turn'][turn]:g}", f"{figures['default_by_turn'][turn]:g}")
        for turn in figures["by_turn"]
    ]
    long = table(("turns of one conversation", "p50 ms", "Rasa's default, p50 ms"), rows)
    drifts = (
        f"Beside strangers asked in between, the last {figures['window']} of {figures['turns']}"
        f" turns take {figures['drift']:g} times as long as the first ones; with the default"
        f" configuration {figures['default_drift']:g} times."
    )
    cells = [
        (n, f"{r['p50_ms']:g}", f"{r['p95_ms']:g}") for n, r in figures["by_characters"].items()
    ]
    short = table(("characters of a message", "p50 ms", "p95 ms"), cells)
    return f"## Length\n\n{long}\n\n{drifts}\n\n{short}"


def _plain(title: str, figures: Figures) -> str:
    rows = [
        (name, ", ".join(f"{kind} {value:g}" for kind, value in row.items()))
        for name, row in figures.items()
    ]
    return f"## {title}\n\n{table(('what', 'figures'), rows)}"


def _training(figures: Figures) -> str:
    rows = [*figures["by_messages"], *figures["by_languages"][:-1]]
    cells = [(f"{r['messages']:,}", r["languages"], r["seconds"], r["model_mb"]) for r in rows]
    named = ", ".join(f"{name} {value:g}" for name, value in figures["slopes"].items())
    whole = table(("messages", "languages", "seconds", "model MB"), cells)
    return f"## Training\n\n{whole}\n\nExponents of growth (1 is linear): {named}."
