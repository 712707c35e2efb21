"""What travels with a pack's tables: its city.yml and guidance.yml, its changelog, its licence."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.directory.hsds import archive

CITY = "city.yml"
GUIDANCE = "guidance.yml"
NAMES = (CITY, GUIDANCE, "CHANGELOG.md", "LICENSE.txt")


def of(source: Path) -> dict[str, bytes]:
    """Return the companions that stand beside the tables of a folder or zip, by their names."""
    if archive.is_archive(source):
        return {name: content for name, content in archive.read(source, NAMES) if name in NAMES}
    paths = [source / name for name in NAMES]
    return {
        path.name: path.read_bytes()
        for path in paths
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= archive.MOST_BYTES
    }


@contextmanager
def folder_of(source: Path) -> Iterator[Path]:
    """Yield the folder of a directory. A pack in a zip is unpacked, for as long as it is used."""
    if not archive.is_archive(source) or CITY not in of(source):
        yield source
        return
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / (source.stem.strip(".") or "pack")
        folder.mkdir()
        for name, content in archive.read(source, NAMES):
            (folder / name).write_bytes(content)
        yield folder
