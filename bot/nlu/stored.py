"""Keeps trained scikit-learn models in Rasa's model storage, in skops' format: no code in the file."""

from __future__ import annotations

from typing import Any

import skops.io
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from skops.io.exceptions import UntrustedTypesFoundException

FILE = "model.skops"

# Plain data that skops does not know by itself; everything else that is not plain is refused.
TRUSTED = ["scipy.sparse._csr.csr_matrix"]


class ModelNotTrainedError(ValueError):
    """A trained model was wanted and the model archive has none."""


def save(model: Any, storage: ModelStorage, resource: Resource) -> None:
    """Write a trained model."""
    with storage.write_to(resource) as folder:
        skops.io.dump(model, folder / FILE)


def load(storage: ModelStorage, resource: Resource) -> Any:
    """Return the trained model; raise ModelNotTrainedError when it is missing or not plain data."""
    try:
        with storage.read_from(resource) as folder:
            return skops.io.load(folder / FILE, trusted=TRUSTED)
    except (ValueError, FileNotFoundError, UntrustedTypesFoundException) as error:
        raise ModelNotTrainedError(f"no model in {resource.name} ({error}): run `make train`") from error
