"""Leaves out libraries that Rasa imports at its start, and that no answer of ours ever needs.

Rasa's modules import TensorFlow, scikit-learn and the clients of a dozen chat services at their
top, whatever the configuration says: most of the start, and most of the memory. There is no
setting against it. A stand-in takes the place of each such library before Rasa is imported. It
can be named, inherited from and written into annotations; whoever calls anything in it gets an
AbsentError. Only the server does so (`serve.py`); training and tests use the libraries.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

# Each with what in Rasa imports it.
LIBRARIES = (
    "tensorflow",  # DIET, TED: classifiers and policies that config.yml does not name
    "keras",
    "tensorflow_addons",
    "sklearn",  # the same; ours read what scikit-learn has learnt without it
    "dask",  # its runner of graphs; ours: `runner.py`
    "pymongo",  # tracker stores that endpoints.yml does not name
    "boto3",
    "botocore",
    "apscheduler",  # reminders, of which there are none
    "questionary",  # questions of its command line
    "prompt_toolkit",
    "randomname",
    "aiogram",  # channels that credentials.yml does not name
    "fbmessenger",
    "google",
    "mattermostwrapper",
    "rocketchat_API",
    "slack_sdk",
    "socketio",
    "engineio",
    "twilio",
    "webexteamssdk",
    "jwt",  # channels with tokens, which credentials.yml does not name
    "cryptography",
    "aio_pika",  # event brokers that endpoints.yml does not name
    "aiormq",
    "kafka",
    "requests",  # telemetry, which is off
    "matplotlib",  # pictures of an evaluation
    "mpl_toolkits",
    "PIL",
    "scipy",  # features that our pipeline does not make
)


class AbsentError(RuntimeError):
    """Something was called in a library that the server leaves out."""


class _Absent(type):
    """The class of every name in a library that is left out."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _named(f"{cls.__module__}.{cls.__qualname__}", name)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        raise AbsentError(f"{cls.__module__}.{cls.__qualname__} is left out: bot/nlu/absent.py")


class _StandIn(ModuleType):
    """A module that has every name, and nothing behind it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _named(self.__name__, name)


class _Finder(MetaPathFinder, Loader):
    """Finds a stand-in for every module of the libraries that are left out."""

    def __init__(self, libraries: Iterable[str]) -> None:
        self._libraries = frozenset(libraries)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a module comes from: from here, if it is left out."""
        left_out = fullname.partition(".")[0] in self._libraries
        return ModuleSpec(fullname, self, is_package=True) if left_out else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the stand-in."""
        return _StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: there is nothing in it."""


def leave_out(libraries: Iterable[str] = LIBRARIES) -> None:
    """Put stand-ins in the place of libraries; do nothing for those that are imported already."""
    sys.meta_path.insert(0, _Finder(name for name in libraries if name not in sys.modules))


def _named(place: str, name: str) -> _Absent:
    return _Absent(name, (), {"__module__": place})
