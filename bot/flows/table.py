"""The table of `flows.yml`: the steps of each guided conversation, and where its answers lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from bot import routes

TABLE = Path(__file__).with_name("flows.yml")
STAY = "stay"
LEAVE = "/"


class FlowError(ValueError):
    """The table of guided conversations has faults; the text names all of them."""


@dataclass(frozen=True)
class Flow:
    """A guided conversation: at which step a route opens it, and the answers of each step.

    `steps`: by step, by answer, where the answer leads: a later step, `stay`, or `/` and a route.
    """

    id: str
    opens: Mapping[str, str]
    steps: Mapping[str, Mapping[str, str]]

    @property
    def last(self) -> str:
        """Return the step that shows the services."""
        return list(self.steps)[-1]

    def step_of(self, answer: str) -> str | None:
        """Return the step that an answer belongs to, or None when there is no such answer."""
        return next((step for step, answers in self.steps.items() if answer in answers), None)

    def leads(self, answer: str) -> str:
        """Return where an answer of this flow leads."""
        step = self.step_of(answer)
        if step is None:
            raise KeyError(answer)
        return self.steps[step][answer]

    def route_of(self, answer: str) -> str | None:
        """Return the route that an answer leaves for, or None when it stays in the flow."""
        where = self.leads(answer)
        return where.removeprefix(LEAVE) if where.startswith(LEAVE) else None

    def step_after(self, route: str, taken: tuple[str, ...]) -> str:
        """Return the step that comes after the answers taken so far."""
        return self.leads(taken[-1]) if taken else self.opens[route]

    def with_answer(self, taken: tuple[str, ...], answer: str) -> tuple[str, ...]:
        """Return the answers taken when one more is given, perhaps to an earlier step.

        What was answered at that step or later is answered anew: an old button may be pressed.
        """
        order = list(self.steps)
        place = order.index(self.step_of(answer) or self.last)
        earlier = [one for one in taken if order.index(self.step_of(one) or self.last) < place]
        return (*earlier, answer)


@lru_cache(maxsize=1)
def table() -> dict[str, Flow]:
    """Return every flow by its id; raise FlowError with every fault of the table."""
    content = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    flows = {id_: Flow(id_, entry["opens"], entry["steps"]) for id_, entry in content.items()}
    found = list(faults(flows))
    if found:
        raise FlowError("\n".join(found))
    return flows


def of_route(route: str | None) -> Flow | None:
    """Return the flow that a route opens, if there is one."""
    return next((flow for flow in table().values() if route in flow.opens), None)


def faults(flows: Mapping[str, Flow]) -> Iterator[str]:
    """Yield every fault as "flow: place: what is wrong; what is allowed"."""
    opening = [route for flow in flows.values() for route in flow.opens]
    for flow in flows.values():
        for route, step in flow.opens.items():
            if route not in routes.service_ids() or opening.count(route) > 1:
                yield f"{flow.id}: opens: {route!r}; allowed: a route with services, in one flow"
            if step not in flow.steps:
                yield f"{flow.id}: opens: {route}: no step {step!r}; allowed: {_list(flow.steps)}"
        yield from _step_faults(flow)


def _step_faults(flow: Flow) -> Iterator[str]:
    answers = [answer for step in flow.steps.values() for answer in step]
    for number, (step, leads) in enumerate(flow.steps.items()):
        later = list(flow.steps)[number + 1 :]
        reached = {step for known in flow.steps.values() for step in known.values()}
        if step not in reached | set(flow.opens.values()):
            yield f"{flow.id}: {step}: nothing leads there; allowed: steps that an answer names"
        for answer, where in leads.items():
            place = f"{flow.id}: {step}: {answer}"
            if answers.count(answer) > 1:
                yield f"{place}: is an answer twice; allowed: each name once in a flow"
            if where != STAY and where not in later and not _is_route(where):
                allowed = _list([STAY, *later, "/ROUTE"])
                yield f"{place}: leads to {where!r}; allowed: {allowed}"


def _is_route(where: str) -> bool:
    return where.startswith(LEAVE) and where.removeprefix(LEAVE) in routes.service_ids()


def _list(names: Mapping[str, object] | list[str]) -> str:
    return ", ".join(names)
