"""Zip files of tables: read with care, for they may come from anywhere, and written the same."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from bot.directory.hsds.records import Fault, HsdsError

MOST_MEMBERS = 200
MOST_BYTES = 200 * 1024 * 1024
MOST_RATIO = 200  # unpacked to packed
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # zip's earliest: the same files give the same zip
READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError),
    *(RuntimeError, NotImplementedError, ValueError),
)


def is_archive(path: Path) -> bool:
    """Tell whether a file is a zip, or says that it is one."""
    return path.suffix.lower() == ".zip" or (path.is_file() and zipfile.is_zipfile(path))


def read(path: Path, beside: Collection[str] = ()) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each CSV file of a zip, or raise HsdsError with every fault.

    The tables must stand in one folder of the zip, whichever. Other files are passed over but
    those in the same folder whose names are in `beside`.
    """
    try:
        with zipfile.ZipFile(path) as opened:
            members = [info for info in opened.infolist() if not info.is_dir()]
            _refuse(path, [*_faults_of_all(members), *_faults_of_each(members)])
            wanted = _wanted(path, members, beside)
            for info in sorted(wanted, key=lambda info: info.filename):
                yield PurePosixPath(info.filename).name, opened.read(info)
    except HsdsError:
        raise
    except BROKEN as error:
        _refuse(path, [("file", f"is damaged ({type(error).__name__})", "a whole zip file")])


def write(path: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into a new zip; the same files give the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, FIRST_DAY)
            info.create_system, info.external_attr = 3, 0o644 << 16
            opened.writestr(info, files[name], zipfile.ZIP_DEFLATED, 9)


def _refuse(path: Path, found: Iterable[tuple[str, str, str]]) -> None:
    faults = [Fault(path.name, *told) for told in found]
    if faults:
        raise HsdsError(faults)


def _faults_of_all(members: list[zipfile.ZipInfo]) -> Iterator[tuple[str, str, str]]:
    unpacked = sum(info.file_size for info in members)
    packed = sum(info.compress_size for info in members)
    if len(members) > MOST_MEMBERS:
        yield "file", f"holds {len(members)} files", f"{MOST_MEMBERS} at most"
    if unpacked > MOST_BYTES:
        yield "file", f"unpacks to {unpacked} bytes", f"{MOST_BYTES} at most"
    if unpacked > MOST_RATIO * max(packed, 1):
        yield "file", f"unpacks to {unpacked // max(packed, 1)} times its size", f"{MOST_RATIO}"


def _faults_of_each(members: list[zipfile.ZipInfo]) -> Iterator[tuple[str, str, str]]:
    seen: set[str] = set()
    for info in members:
        name = info.filename
        if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
            yield name, "leads out of the zip", "a name without .., \\, : or a leading /"
        if stat.S_ISLNK(info.external_attr >> 16):
            yield name, "is a link", "a file"
        if info.flag_bits & 1:
            yield name, "is encrypted", "a file without a password"
        if info.compress_type not in READABLE:
            yield name, "is packed in a rare way", "stored or deflated files"
        if info.file_size > MOST_RATIO * max(info.compress_size, 1):
            yield name, f"unpacks to more than {MOST_RATIO} times its size", f"{MOST_RATIO}"
        if name.lower().endswith(".zip"):
            yield name, "is a zip in the zip", "CSV files"
        if name in seen:
            yield name, "stands twice", "each name once"
        seen.add(name)


def _wanted(
    path: Path, members: list[zipfile.ZipInfo], beside: Collection[str]
) -> list[zipfile.ZipInfo]:
    places = {info: PurePosixPath(info.filename) for info in members}
    tables = [
        info
        for info, place in places.items()
        if place.suffix.lower() == ".csv" and not any(part[:1] in "._" for part in place.parts)
    ]
    folders = {places[info].parent for info in tables}
    if len(folders) > 1:
        _refuse(path, [("file", "has CSV files in several folders", "all in one folder")])
    others = [
        info for info, place in places.items() if place.name in beside and place.parent in folders
    ]
    return tables + others
