"""The figures as one picture of four charts, in colours that everybody can tell apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np

from bench import bars, memory
from bench.sizes import CHATS
from bench.turns import DEFAULT, FLOOR, PACED, REST, TELEGRAM

mpl.use("Agg")
from matplotlib import pyplot as plt
from matplotlib.ticker import StrMethodFormatter

# Okabe and Ito's palette; shapes differ as well.
LINES = {
    DEFAULT: ("Rasa's default", "#D55E00", "o"),
    REST: ("Right Door, Rasa's REST channel", "#0072B2", "s"),
    PACED: ("Right Door, over Telegram", "#009E73", "^"),
    TELEGRAM: ("the same, without Telegram's limit", "#56B4E9", "v"),
    FLOOR: ("echo", "#000000", "x"),
}
PARTS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#F0E442", "#D55E00")
NEEDED = ("turns", "memory", "lengths")
Figures = dict[str, Any]


def draw(found: Figures, path: Path) -> bool:
    """Write the picture; tell whether all parts were there that it shows."""
    if any(name not in found["parts"] for name in NEEDED):
        return False
    turns, held, lengths = (found["parts"][name]["figures"] for name in NEEDED)
    figure, axes = plt.subplots(2, 2, figsize=(11, 9), layout="constrained")
    _by_chats(axes[0][0], turns, "p50_ms", "median of a turn, ms", (DEFAULT, REST, PACED, FLOOR))
    _by_chats(axes[0][1], turns, "per_second", "turns a second", (DEFAULT, REST, TELEGRAM, FLOOR))
    _memory(axes[1][0], held)
    _conversation(axes[1][1], lengths)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)
    plt.close(figure)
    return True


def _by_chats(axes: plt.Axes, turns: Figures, name: str, title: str, ways: tuple[str, ...]) -> None:
    for way in ways:
        label, colour, mark = LINES[way]
        values = [turns["ways"][way][str(chats)][name] for chats in CHATS]
        axes.plot(range(len(CHATS)), values, label=label, color=colour, marker=mark)
    axes.set_yscale("log")
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))
    axes.set_xticks(range(len(CHATS)), [str(chats) for chats in CHATS])
    axes.set_xlabel("chats that write at once")
    _finish(axes, title)


def _memory(axes: plt.Axes, held: Figures) -> None:
    moments = held["moments"]
    labels = {
        memory.OPEN: f"{held['open']:,}\nopen",
        memory.DEFAULT: "Rasa's\ndefault",
        memory.START: "at\nstart",
    }
    names = [name for one in moments.values() for name in one if name != "all"]
    below = np.zeros(len(moments))
    for name, colour in zip(dict.fromkeys(names), PARTS):
        values = np.array([one.get(name, {"rss": 0.0})["rss"] for one in moments.values()])
        axes.bar(range(len(moments)), values, bottom=below, label=name, color=colour)
        below += values
    limit = next(bar.limit for bar in bars.BARS if bar.unit == " MB")
    axes.axhline(limit, color="#000000", linestyle="--", linewidth=1)
    axes.annotate(f"bar: {limit:g} MB", (-0.5, limit), ha="left", va="bottom")
    axes.set_ylim(top=1.1 * max(below.max(), limit))
    counts = {f"after {held[key]} turns": f"{held[key]:,}\nturns" for key in ("few", "many")}
    shown = [(labels | counts)[name] for name in moments]
    axes.set_xticks(range(len(moments)), shown, fontsize=8)
    _finish(axes, "memory of all processes, MB")


def _conversation(axes: plt.Axes, lengths: Figures) -> None:
    for key, way in (("default_by_turn", DEFAULT), ("by_turn", REST)):
        label, colour, mark = LINES[way]
        starts = [int(turn) for turn in lengths[key]]
        axes.plot(starts, list(lengths[key].values()), label=label, color=colour, marker=mark)
    axes.set_ylim(bottom=0)
    axes.set_xlabel("turn of one conversation")
    _finish(axes, "median of a turn, ms")


def _finish(axes: plt.Axes, title: str) -> None:
    axes.set_title(title, loc="left")
    axes.grid(axis="y", alpha=0.3)
    axes.legend(frameon=False, fontsize=8, ncol=2, loc="upper center", bbox_to_anchor=(0.5, -0.15))
