"""The process that makes load on a server: `python -m bench.load PORT PATH NAME`, asked by lines.

It runs by itself, so that its own work is not done at the cost of what is measured.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from bench.crowd import Crowd, Plan
from bench.rest import Rest
from bench.worker import serve


async def _main(port: str, path: str, name: str) -> None:
    async def answer(wish: dict[str, Any]) -> dict[str, Any]:
        way = Rest(int(port), path, name)
        try:
            return await Crowd(Plan(**wish), way).run()
        finally:
            way.close()

    await serve(answer)


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
