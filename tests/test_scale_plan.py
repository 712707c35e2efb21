"""What `make scale` would start, and what it refuses with one clear sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings
from bot.launch.beforehand import check_redis
from bot.launch.server import LaunchError
from bot.scale import plan, redis

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
GIVEN = settings.read({"TELEGRAM_BOT_TOKEN": TOKEN})


def refusal(workers: int, **environment: str) -> str:
    with pytest.raises(LaunchError) as raised:
        plan.check(settings.read({"TELEGRAM_BOT_TOKEN": TOKEN, **environment}), workers)
    return str(raised.value)


def test_several_workers_talk_on_telegram_only():
    assert refusal(2, TELEGRAM_BOT_TOKEN="").startswith("TELEGRAM_BOT_TOKEN: missing")


@pytest.mark.parametrize("workers", [0, -1, 33])
def test_a_number_of_workers_that_makes_no_sense_is_refused(workers):
    assert refusal(workers) == f"WORKERS: {workers} does not fit; allowed: 1 to 32"


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("RASA_PORT", {"RASA_PORT": "5054"}),
        ("ACTIONS_PORT", {"ACTIONS_PORT": "5003"}),
        ("RASA_PORT", {"RASA_PORT": "8048"}),
        ("ACTIONS_PORT", {"ACTIONS_PORT": "65535"}),
    ],
)
def test_ports_that_run_into_each_other_are_refused(name, given):
    assert refusal(3, **given).startswith(f"{name}: 3 ports from {given[name]} on do not fit")


def test_ports_that_lie_apart_are_taken():
    plan.check(GIVEN, 32)


def test_each_rasa_server_has_an_action_server_of_its_own():
    servers = plan.rasas_of(GIVEN, 3, {"REDIS_URL": "unix:///x"})
    ports = [(one.changed["RASA_PORT"], one.changed["ACTIONS_PORT"]) for one in servers[:3]]
    assert ports == [("5005", "5055"), ("5006", "5056"), ("5007", "5057")]
    assert [one.port for one in servers] == [5005, 5006, 5007, 5055, 5056, 5057]
    assert {one.changed["REDIS_URL"] for one in servers} == {"unix:///x"}
    for rasa, actions in zip(servers[:3], servers[3:]):
        assert rasa.changed == actions.changed


def test_the_reader_knows_the_workers_and_they_know_all_rasa_servers(tmp_path: Path):
    workers, reader = plan.gateways_of(GIVEN, 3, Path("/tmp/rd"), {})
    assert reader.arguments == tuple(worker.arguments[0] for worker in workers)
    assert len(set(reader.arguments)) == 3
    for worker in workers:
        _, count, *urls = worker.arguments
        assert count == "3"
        assert urls == [GIVEN.rasa_url_of(port) for port in (5005, 5006, 5007)]


def test_a_folder_whose_name_is_too_long_for_socket_files_is_refused():
    with pytest.raises(LaunchError, match="TMPDIR: too long"):
        plan.redis_of(Path("/tmp") / ("x" * 100))


def test_the_machines_own_redis_is_told_to_write_no_disk_and_to_listen_on_no_port():
    told = redis.configuration("/tmp/rd/redis").splitlines()
    assert {"port 0", 'save ""', "appendonly no", "unixsocketperm 600"} <= set(told)


def test_without_a_redis_nothing_is_asked_and_its_client_is_not_loaded(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "bot.privacy.shared", None)
    check_redis("")
