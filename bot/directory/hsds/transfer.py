"""Import and export: read and check all, and write only when all is well."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.directory.hsds import checks, documents, identifiers, mapping, older, tabular, writing
from bot.directory.hsds.records import Dataset, Fault, HsdsError

JSON = (".json", ".jsonl", ".ndjson")
NO_FILES: Mapping[str, bytes] = {}


def load(
    source: Path, mapped: str | None = None, make_ids: bool = False
) -> tuple[Dataset, list[Fault]]:
    """Return the dataset of a folder, zip, CSV or JSON file, and every fault of it."""
    try:
        if mapped is not None:
            dataset, faults = older.read(source, mapping.load(mapped))
        elif source.is_file() and source.suffix.lower() in JSON:
            dataset, faults = documents.read(source)
        else:
            dataset, faults = tabular.read(source)
    except HsdsError as error:
        return Dataset(), error.faults
    except OSError as error:
        return Dataset(), [
            Fault(str(source), "file", writing.reason(error), "a folder or file to read")
        ]
    if make_ids:
        identifiers.make(dataset)
    return dataset, [*faults, *checks.faults(dataset)]


def read(source: Path, mapped: str | None = None, make_ids: bool = False) -> Dataset:
    """Return the dataset of a source when it has no fault; HsdsError says every one.

    `mapped` is a mapping file, or the name of a supplied one, for data of another form.
    """
    dataset, faults = load(source, mapped, make_ids)
    if faults:
        raise HsdsError(faults)
    return dataset


def import_(dataset: Dataset, folder: Path, beside: Mapping[str, bytes] = NO_FILES) -> None:
    """Write the tables into `folder`, and the files that go `beside` them.

    The folder must be new, empty or an earlier import or export.
    """
    writing.write_folder(folder, {**tabular.write(dataset), **beside})


def export(dataset: Dataset, form: str, path: Path, beside: Mapping[str, bytes] = NO_FILES) -> None:
    """Write a faultless directory as `form`, csv or json. Only csv takes files `beside` along.

    A csv path that ends on .zip becomes a zip, else a folder. What stands at `path` is replaced
    only when it is an export; HsdsError says why it cannot be written.
    """
    if form == "json":
        writing.write_page(path, documents.write(dataset).encode())
    elif path.suffix.lower() == ".zip":
        writing.write_zip(path, {**tabular.write(dataset), **beside})
    else:
        writing.write_folder(path, {**tabular.write(dataset), **beside})
