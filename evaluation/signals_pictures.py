"""The picture of the simulation: how soon a doubled need is seen, and how far numbers are off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from numpy.typing import NDArray

from evaluation.signals_measures import Error

mpl.use("Agg")
from matplotlib import pyplot as plt

BLUE, ORANGE = "#2b6cb0", "#c05621"
MARKS = "osD^v"


def draw(seen: Mapping[int, NDArray[np.float64]], errors: Sequence[Error], path: Path) -> None:
    """Write a picture of two charts side by side."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.2))
    _seen(left, seen)
    _errors(right, errors)
    figure.tight_layout()
    figure.savefig(path, dpi=110, metadata={"Software": None})
    plt.close(figure)


def _seen(axes: plt.Axes, seen: Mapping[int, NDArray[np.float64]]) -> None:
    for number, (size, shares) in enumerate(seen.items()):
        weeks = np.arange(1, len(shares) + 1)
        colour = plt.cm.viridis(number / len(seen))
        axes.plot(weeks, 100 * shares, MARKS[number] + "-", label=f"{size} a week", color=colour)
    axes.axvline(3, color="grey", linestyle=":")
    axes.axhline(80, color="grey", linestyle=":")
    axes.set(xlabel="weeks since the need doubled", ylabel="% seen to have risen", ylim=(0, 101))
    axes.grid(alpha=0.3)
    axes.legend(title="before", frameon=False, loc="center right", bbox_to_anchor=(1, 0.33))


def _errors(axes: plt.Axes, errors: Sequence[Error]) -> None:
    places = np.arange(len(errors))
    axes.bar(places - 0.2, [one.mean for one in errors], 0.38, color=BLUE, label="mean error")
    axes.plot(places, [one.ninetieth for one in errors], "_", markersize=16, color=BLUE,
              label="9 of 10 are within")  # fmt: skip
    axes.set_xticks(places, [str(one.count) for one in errors])
    axes.set(xlabel="true count of a topic in a week", ylabel="error of what is shown")
    other = axes.twinx()
    other.bar(places + 0.2, [100 * one.hidden for one in errors], 0.38, color=ORANGE, hatch="//",
              alpha=0.6, label="hidden")  # fmt: skip
    other.set(ylabel="% hidden", ylim=(0, 101))
    handles = [*axes.get_legend_handles_labels()[0], *other.get_legend_handles_labels()[0]]
    axes.legend(handles=handles, frameon=False, loc="upper right")
