"""Writes folders, pages and zips: whole or not at all, and only over what was written before."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bot.directory.hsds import archive
from bot.directory.hsds.records import Fault, HsdsError

MARK = "README.txt"
NOTE = """\
Right Door wrote this folder; it may replace it.

It holds a directory of services as tables of HSDS 3.0 (https://docs.openreferral.org): CSV in
UTF-8, parted by commas. Open the files in a spreadsheet as text only: it runs what begins with
= + - or @. Here only telephone numbers and other numbers begin so.
"""
PAGE = b'{"total_items": '


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files and a note into a folder, which must be new, empty or written before."""
    with _faults_of_writing(folder):
        _refuse_unless(not folder.exists() or _is_our_folder(folder, files), folder)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.absolute().parent))
        try:
            new = made / "new"
            new.mkdir()
            for name, content in {**files, MARK: NOTE.encode()}.items():
                _put(new / name, content)
            _flush(new)
            _swap(new, folder, made / "old")
            _flush(folder.absolute().parent)
        finally:
            shutil.rmtree(made, ignore_errors=True)


def write_page(path: Path, content: bytes) -> None:
    """Write a page of JSON."""
    _write_file(path, lambda place: _put(place, content), _is_page)


def write_zip(path: Path, files: Mapping[str, bytes]) -> None:
    """Write the files and a note into a zip."""
    noted = {**files, MARK: NOTE.encode()}
    _write_file(path, lambda place: archive.write(place, noted), _is_our_zip)


def _swap(new: Path, folder: Path, old: Path) -> None:
    """Put `new` where `folder` is; when that fails, what was there comes back."""
    existed = folder.exists()
    if existed:
        folder.rename(old)
    try:
        new.rename(folder)
    except BaseException:
        if existed:
            old.rename(folder)
        raise


def _write_file(path: Path, write: Callable[[Path], None], is_ours: Callable[[Path], bool]) -> None:
    with _faults_of_writing(path):
        _refuse_unless(not path.exists() or (path.is_file() and is_ours(path)), path)
        made = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.absolute().parent))
        try:
            write(made / path.name)
            _flush(made / path.name)
            (made / path.name).replace(path)
            _flush(path.absolute().parent)
        finally:
            shutil.rmtree(made, ignore_errors=True)


def _put(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_our_folder(folder: Path, files: Collection[str]) -> bool:
    """Tell whether a folder is empty, or has our note, tables, and nothing else but new `files`."""
    if not folder.is_dir() or folder.is_symlink():
        return False
    inside = list(folder.iterdir())
    plain = all(
        path.is_file() and (path.suffix == ".csv" or path.name in (MARK, *files)) for path in inside
    )
    return not inside or (plain and _starts_with(folder / MARK, NOTE.encode()[:40]))


def _is_page(path: Path) -> bool:
    return _starts_with(path, PAGE) or path.stat().st_size == 0


def _is_our_zip(path: Path) -> bool:
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as opened:
        return MARK in opened.namelist() and opened.getinfo(MARK).file_size == len(NOTE)


def _starts_with(path: Path, begin: bytes) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(begin)) == begin


def _refuse_unless(ours: bool, path: Path) -> None:
    if not ours:
        wrong = "is there already, and is nothing that was exported or imported"
        raise HsdsError([Fault(str(path), "path", wrong, "a new path, or an export to replace")])


@contextmanager
def _faults_of_writing(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, zipfile.BadZipFile) as error:
        fault = Fault(str(path), "path", reason(error), "a path that can be written")
        raise HsdsError([fault]) from None


def reason(error: Exception) -> str:
    """Return in words why a path cannot be used."""
    told = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
    return f"cannot be used ({told})"
