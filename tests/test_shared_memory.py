"""What several programs share is in a Redis without a disk, expires, and is done without."""

from __future__ import annotations

import asyncio
import datetime
import signal
import time
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from demand_rows import ONE, one
from redis_server import OwnRedis, own_redis

from bot.demand.share import Share
from bot.demand.signal import Signal
from bot.gateway.recent import Recent
from bot.gateway.shared_recent import SharedRecent, read, write
from bot.launch.beforehand import check_redis
from bot.launch.server import LaunchError
from bot.privacy import shared_pseudonym
from bot.privacy.shared import SharedMemory, SharedMemoryError
from bot.privacy.shared_pseudonym import SharedPseudonyms

NOON = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.timezone.utc)
PASSWORD = "hunter2"
WRITES = {
    "a snapshot now and then": "save 3600 1",
    "every command": 'save ""\nappendonly yes',
    "its own default": "",
}


@pytest.fixture(scope="module")
def server() -> Iterator[OwnRedis]:
    with own_redis() as running:
        yield running


@pytest.fixture
def redis(server) -> OwnRedis:
    with server.client as client:
        client.flushall()
    return server


def refusal(url: str) -> str:
    with pytest.raises(LaunchError) as raised:
        check_redis(url)
    return str(raised.value)


def test_the_redis_of_make_scale_writes_no_disk_and_cannot_be_told_to(redis):
    check_redis(redis.url)
    for command in ("SAVE", "BGSAVE", "BGREWRITEAOF", "MONITOR"):
        with redis.client as client, pytest.raises(Exception, match="unknown command"):
            client.execute_command(command)
    assert [path.name for path in redis.folder.iterdir()] == ["redis"]
    assert redis.place.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("configuration", WRITES.values(), ids=WRITES)
def test_a_redis_that_writes_a_disk_is_refused(configuration):
    with own_redis(configuration) as writing:
        assert "writes to a disk" in refusal(writing.url)


def test_who_may_not_ask_the_redis_is_told_what_to_allow():
    users = f'save ""\nappendonly no\nuser door on >{PASSWORD} ~* +@all -config'
    with own_redis(users) as guarded:
        told = refusal(f"unix://door:{PASSWORD}@{guarded.place}")
        assert "+config|get" in told
        assert PASSWORD not in told
        with guarded.client as client:
            client.execute_command("ACL", "SETUSER", "door", "+config|get")
        check_redis(f"unix://door:{PASSWORD}@{guarded.place}")


def test_a_wrong_password_and_no_redis_are_told_without_the_password(tmp_path):
    with own_redis(f'save ""\nappendonly no\nrequirepass {PASSWORD}x') as guarded:
        told = refusal(f"unix://:{PASSWORD}@{guarded.place}")
        assert "refuses this user or password" in told
        assert PASSWORD not in told
    told = refusal(f"redis://:{PASSWORD}@127.0.0.1:1")
    assert "cannot be reached" in told
    assert PASSWORD not in told


async def test_what_is_kept_expires_by_itself_and_is_forgotten_at_once(redis):
    memory = SharedMemory(redis.url, "part", idle_seconds=0.2)
    await memory.put("a", {"x": [1]})
    await memory.put("b", 2)
    assert await memory.get("a") == {"x": [1]}
    assert sorted(await memory.names()) == ["a", "b"]
    await memory.forget("b")
    assert await memory.get("b") is None
    await asyncio.sleep(0.3)
    assert await memory.get("a") is None
    assert redis.values() == {}
    await memory.close()


async def test_parts_do_not_see_each_other(redis):
    one_part, other = SharedMemory(redis.url, "one"), SharedMemory(redis.url, "other")
    await one_part.put("a", 1)
    assert await other.get("a") is None
    assert await other.names() == []


async def test_of_many_proposals_at_once_all_agree_on_one(redis):
    memories = [SharedMemory(redis.url, "key") for _ in range(20)]
    agreed = await asyncio.gather(
        *(memory.agreed("day", f"{number}", 60) for number, memory in enumerate(memories))
    )
    assert len(set(agreed)) == 1


async def test_several_gateways_give_a_chat_the_same_name_and_each_day_another(redis):
    now = [NOON]
    both = [SharedPseudonyms(lambda: now[0], SharedMemory(redis.url, "key")) for _ in range(2)]
    for pseudonyms in both:
        await pseudonyms.renew()
    monday = {pseudonyms.of("telegram", 7) for pseudonyms in both}
    assert len(monday) == 1
    now[0] += datetime.timedelta(days=1)
    for pseudonyms in both:
        await pseudonyms.renew()
        assert pseudonyms.day == now[0].date()
    tuesday = {pseudonyms.of("telegram", 7) for pseudonyms in both}
    assert len(tuesday) == 1
    assert tuesday != monday


async def test_the_key_of_a_day_is_gone_when_the_day_is_over(redis):
    pseudonyms = SharedPseudonyms(lambda: NOON, SharedMemory(redis.url, "key"))
    await pseudonyms.renew()
    (key,) = redis.values()
    with redis.client as client:
        assert 12 * 3600 < client.ttl(key) <= 12 * 3600 + 60


async def test_what_is_remembered_survives_the_way_through_the_redis(redis):
    recent = Recent("fr", location_offered=True, must_forget=True)
    recent.messages.extend(range(300))
    recent.choices.extend([7, 8])
    first = recent.share.take(ONE.signal, 5, True)
    worse = recent.share.take(one(outcome="not_helpful").signal, 6, True)
    assert first
    assert worse
    again = read(write(recent))
    assert (again.language, again.messages, again.choices) == (
        "fr",
        recent.messages,
        recent.choices,
    )
    again.messages.append(300)
    assert list(again.messages) == list(range(101, 301))
    assert (again.location_offered, again.location_shown, again.must_forget) == (True, False, True)
    # An update that comes again adds the very same again, so that it is known.
    assert again.share.take(one(outcome="not_helpful").signal, 6, True) == worse
    assert again.share.take(ONE.signal, 7, True) is None


async def test_a_turn_begun_in_one_gateway_goes_on_in_another(redis):
    gateways = [SharedRecent(SharedMemory(redis.url, "recent")) for _ in range(2)]
    for number, gateway in enumerate(gateways * 2):
        await gateway.begin("x")
        recent = gateway.of("x")
        assert list(recent.messages) == list(range(number))
        recent.messages.append(number)
        await gateway.end("x")
    await gateways[0].begin("x")
    gateways[0].forget("x")
    await gateways[0].end("x")
    assert redis.values() == {}


@pytest.mark.parametrize("written", ["[]", "{}", "no JSON", '{"flags": ["gone"]}', "7"])
async def test_what_another_version_has_written_is_begun_anew(redis, written):
    gateway = SharedRecent(SharedMemory(redis.url, "recent"))
    with redis.client as client:
        client.set("rightdoor:recent:x", written)
    await gateway.begin("x")
    assert gateway.of("x").language is None
    gateway.of("x").language = "fr"
    await gateway.end("x")
    await gateway.begin("x")
    assert gateway.of("x").language == "fr"


async def test_between_turns_a_gateway_holds_nothing_itself(redis):
    gateway = SharedRecent(SharedMemory(redis.url, "recent"))
    await gateway.begin("x")
    gateway.of("x").language = "fr"
    await gateway.end("x")
    assert gateway._kept.pseudonyms() == []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
async def test_without_the_redis_every_turn_is_a_first_one_and_none_waits_long(number):
    with own_redis() as going:
        pseudonyms = SharedPseudonyms(lambda: NOON, SharedMemory(going.url, "key"))
        recent = SharedRecent(SharedMemory(going.url, "recent"))
        await pseudonyms.renew()
        name = pseudonyms.of("telegram", 7)
        going.process.send_signal(number)
        begin = time.monotonic()
        await pseudonyms.renew()
        await recent.begin(name)
        recent.of(name).language = "fr"
        await recent.end(name)
        assert time.monotonic() - begin < 2.5
        assert pseudonyms.of("telegram", 7) == name, "the key of the day is still known"


async def test_what_could_not_be_read_is_not_written_over(redis, monkeypatch):
    memory = SharedMemory(redis.url, "recent")
    gateway = SharedRecent(memory)
    await gateway.begin("x")
    gateway.of("x").share.take(ONE.signal, 5, True)
    await gateway.end("x")
    before = redis.values()

    async def away(name: str) -> None:
        raise SharedMemoryError("TimeoutError")

    with monkeypatch.context() as patch:
        patch.setattr(memory, "get", away)
        await gateway.begin("x")
        gateway.of("x").language = "fr"
    await gateway.end("x")
    assert redis.values() == before


async def test_when_the_redis_comes_back_it_is_used_again():
    with own_redis() as going:
        memory = SharedMemory(going.url, "part")
        await memory.put("a", 1)
        going.stop()
        with pytest.raises(SharedMemoryError):
            await memory.get("a")
        going.start()
        await memory.put("a", 2)
        assert await memory.get("a") == 2


def test_an_update_that_comes_again_adds_the_same_again():
    share = Share()
    count = share.take(ONE.signal, 5, True)
    assert count
    assert share.take(one(route="legal_help").signal, 5, True) is count
    assert share.take(ONE.signal, 6, True) is None


async def test_while_the_redis_is_away_a_conversation_adds_to_no_counter():
    # Nobody knows what it has counted before: its share could be used up.
    gateway = SharedRecent(SharedMemory("unix:///nowhere/redis", "recent"))
    told = ("legal_help", "fr", "resident", "none", "telegram", "answered")
    signal = Signal(datetime.date(2026, 11, 22), "brussels", *told)
    for number in range(3):
        await gateway.begin("one")
        assert gateway.of("one").share.take(signal, number, True) is None
        await gateway.end("one")


@pytest.mark.parametrize("day", [(2026, 3, 29), (2026, 10, 25), (2026, 11, 22)])
def test_the_key_of_a_day_lives_until_a_minute_after_midnight_also_when_clocks_change(day):
    zone = ZoneInfo("Europe/Brussels")
    made = datetime.datetime(*day, 0, 30, tzinfo=zone)
    seconds = shared_pseudonym._rest_of_day(made)
    end = datetime.datetime.fromtimestamp(made.timestamp() + seconds, zone)
    next_day = datetime.date(*day) + datetime.timedelta(days=1)
    assert end == datetime.datetime.combine(next_day, datetime.time(0, 1), zone)
