"""The pictures of an evaluation: a chart per language, and which route was taken for which."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import matplotlib as mpl
import numpy as np

from bot import routes
from evaluation.figures import Figures

mpl.use("Agg")
from matplotlib import pyplot as plt

BLUE, ORANGE, GREEN = "#2b6cb0", "#c05621", "#2f855a"


def per_language(found: dict[str, Figures], folder: Path) -> None:
    """Write languages.png: top-1, top-3 and urgent recall of each language, the worst first."""
    bars = {
        "right route first": (BLUE, [100 * f.top1.value for f in found.values()]),
        "among the first three": (GREEN, [100 * f.top3.value for f in found.values()]),
        "urgent found": (ORANGE, [100 * f.urgent_found.value for f in found.values()]),
    }
    places = np.arange(len(found))
    figure, axes = plt.subplots(figsize=(max(6, len(found)), 4))
    for number, (name, (colour, values)) in enumerate(bars.items()):
        axes.bar(places + (number - 1) * 0.27, values, 0.25, label=name, color=colour)
    axes.set_xticks(places, list(found))
    axes.set_ylim(0, 100)
    axes.set_ylabel("% of messages")
    axes.grid(axis="y", alpha=0.3)
    axes.legend(ncol=3, loc="lower center", bbox_to_anchor=(0.5, 1.0), frameon=False)
    _save(figure, folder / "languages.png")


def confusion(counted: Counter[tuple[str, str]], folder: Path) -> None:
    """Write confusion.png: right routes from top to bottom, found ones from left to right."""
    ids = routes.ids()
    matrix = np.array([[counted[right, found] for found in ids] for right in ids], float)
    totals = matrix.sum(axis=1, keepdims=True)
    figure, axes = plt.subplots(figsize=(13, 12))
    axes.imshow(matrix / np.maximum(totals, 1), cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(ids)), ids, rotation=90, fontsize=7)
    axes.set_yticks(range(len(ids)), ids, fontsize=7)
    axes.set_xlabel("found")
    axes.set_ylabel("right")
    _save(figure, folder / "confusion.png")


def _save(figure: plt.Figure, path: Path) -> None:
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)
