"""Runs Rasa's graph of components one after another, in an order that is found once.

Rasa's own runner has Dask plan a parallel run anew for every message and every prediction; ours
is a chain, so that there is nothing to run side by side.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner

Step = tuple[str, tuple[str, ...]]


class InOrderRunner(DaskGraphRunner):
    """Holds the components as Rasa's runner does, and calls them in order.

    Only a running server uses it: at training Rasa's own runner is as good as any.
    """

    def run(
        self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        """Return the output of each target; raise GraphRunError when an input is missing."""
        wanted = targets or self._graph_schema.target_names
        given = inputs or {}
        known: dict[str, Any] = {name: (name, value) for name, value in given.items()}
        for name, needs in self._order(tuple(wanted)):
            try:
                known[name] = self._instantiated_nodes[name](*(known[need] for need in needs))
            except KeyError as error:
                raise GraphRunError(f"{name} needs an input that is missing") from error
        return dict(known[name] for name in wanted)

    def _order(self, targets: tuple[str, ...]) -> list[Step]:
        """Return the steps that lead to the targets, each behind what it needs."""
        orders: dict[tuple[str, ...], list[Step]] = self.__dict__.setdefault("_orders", {})
        if targets not in orders:
            steps: dict[str, tuple[str, ...]] = {}
            for target in targets:
                self._collect(target, steps)
            orders[targets] = list(steps.items())
        return orders[targets]

    def _collect(self, name: str, steps: dict[str, tuple[str, ...]]) -> None:
        # What is no node is an input of the run.
        node = self._graph_schema.nodes.get(name)
        if node is None or name in steps:
            return
        needs = tuple(node.needs.values())
        for need in needs:
            self._collect(need, steps)
        steps[name] = needs
