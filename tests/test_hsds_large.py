"""A hundred thousand rows are read, checked and written in some hundred MB."""

from __future__ import annotations

import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from hsds_data import write

from bot.settings import ROOT

ROWS = 100_000
SERVICES = 20_000
MOST_MEGABYTES = 700
PROGRAM = """
import re, sys
from pathlib import Path
from bot.directory.hsds import transfer
source, to = map(Path, sys.argv[1:])
transfer.export(transfer.read(source), "json", to / "all.json")
found = transfer.read(to / "all.json")
transfer.import_(found, to / "again")
print(sum(len(table.rows) for table in found.in_order()))
# The peak of this program alone: ru_maxrss has that of the program that started it, too.
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def id_(number: int) -> str:
        return str(uuid.UUID(int=number, version=4))

    services = range(1_000_000, 1_000_000 + SERVICES)
    organizations = [f"{id_(number)},House {number},Helps" for number in range(1, 1001)]
    service_rows = [f"{id_(n)},{id_(n % 1000 + 1)},Service {n},active" for n in services]
    others = range(2_000_000, 2_000_000 + ROWS - SERVICES - 1000)
    phones = [
        f'{id_(n)},{id_(services[n % SERVICES])},+32 2 000 00 00,"Day, and night"' for n in others
    ]
    return write(
        tmp_path_factory.mktemp("large") / "city",
        organizations="\n".join(["id,name,description", *organizations, ""]),
        services="\n".join(["id,organization_id,name,status", *service_rows, ""]),
        phones="\n".join(["id,service_id,number,description", *phones, ""]),
    )


def test_a_hundred_thousand_rows_go_there_and_back_in_some_hundred_mb(large, tmp_path):
    command = [sys.executable, "-c", PROGRAM, str(large), str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    rows, megabytes = map(int, done.stdout.split())
    assert rows == ROWS
    assert megabytes < MOST_MEGABYTES
    for name in ("organizations", "services", "phones"):
        again = (tmp_path / "again" / f"{name}.csv").read_bytes()
        assert again == (large / f"{name}.csv").read_bytes()
