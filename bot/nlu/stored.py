"""Keeps what a component has learnt in Rasa's model storage: arrays of numbers, never code."""

from __future__ import annotations

import numpy as np
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

FILE = "state.npz"


class ModelNotTrainedError(ValueError):
    """A trained model was wanted and the model archive has none."""


def save(state: dict[str, np.ndarray], storage: ModelStorage, resource: Resource) -> None:
    """Write what was learnt."""
    with storage.write_to(resource) as folder:
        np.savez(folder / FILE, **state)


def load(storage: ModelStorage, resource: Resource) -> dict[str, np.ndarray]:
    """Return what was learnt; raise ModelNotTrainedError when it is missing."""
    try:
        with storage.read_from(resource) as folder, np.load(folder / FILE) as state:
            return dict(state)
    except (ValueError, FileNotFoundError) as error:
        raise ModelNotTrainedError(f"no model in {resource.name}: run `make train`") from error
