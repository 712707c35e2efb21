"""Signing in to the dashboard: who gets in, who does not, and what a stranger learns: nothing."""

from __future__ import annotations

import datetime
import threading
from dataclasses import replace

import anyio
import httpx
import pytest
from dashboard_data import HASH, NAMES, PASSWORD, Staff, site, text_of, token_in
from sqlalchemy import select
from starlette.testclient import TestClient

from bot.dashboard import accounts, app, passwords, sessions, sign_ins
from bot.dashboard import site as site_module
from bot.dashboard.limits import Limit
from bot.dashboard.site import MOST_WAITING
from bot.database.engine import engine
from bot.database.released import SIGN_IN
from bot.signals import demo
from bot.words import dashboard as words

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.timezone.utc)
READ = [*app.PAGES, *(path for method, path, _, role in app.DOINGS if method == "GET")]
WRITTEN = [path for method, path, *_ in (*app.DOINGS, *app.ENTRANCE) if method == "POST"]


@pytest.fixture
def at(tmp_path):
    return site(tmp_path, weeks=1)


@pytest.fixture
def staff(at):
    return Staff(at)


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = NOW

    monkeypatch.setattr(site_module.Site, "now", property(lambda _: Clock.now))
    return Clock


def rows(at) -> list[tuple[str, str]]:
    with at.engine.connect() as connection:
        return [(row["name"], row["outcome"]) for row in connection.execute(select(SIGN_IN))]


def test_whoever_has_the_password_gets_in_and_out_again(staff):
    assert staff.sign_in("viewer").url.path == "/"
    assert "vera" in staff.get("/").text
    assert staff.post("/sign-out", "/").url.path == "/sign-in"
    assert staff.get("/").url.path == "/sign-in"


@pytest.mark.parametrize("path", READ)
def test_no_page_is_seen_without_signing_in(staff, path):
    found = staff.get(path, follow_redirects=False)
    assert (found.status_code, found.headers["location"]) == (303, "/sign-in")
    assert found.content == b""


@pytest.mark.parametrize(
    ("name", "password"),
    [("vera", "wrong horse battery staple"), ("nobody", PASSWORD), ("vera", ""), ("", ""),
     ("vera' OR '1'='1", PASSWORD), ("vera", PASSWORD + " "), ("vera\x00", PASSWORD),
     ("vera", "x" * 5000)],
)  # fmt: skip
def test_every_refusal_says_the_same(staff, name, password):
    found = staff.post("/sign-in", name=name, password=password)
    assert found.status_code == 403
    assert words.REFUSED.english in text_of(found.text)
    other = Staff(staff.site).sign_in("somebody else", "some other password")
    assert text_of(found.text) == text_of(other.text)
    assert "session" not in staff.client.cookies


def test_the_case_of_a_name_does_not_matter_and_that_of_a_password_does(staff):
    assert staff.post("/sign-in", name=" VERA ", password=PASSWORD).url.path == "/"
    assert Staff(staff.site).sign_in("viewer", PASSWORD.upper()).status_code == 403


def test_a_name_never_holds_what_a_database_refuses():
    # PostgreSQL's driver raises ValueError for it, which would be an error of ours.
    assert accounts.plain(" Ve\x00ra ") == "ve\ufffdra"


def test_after_five_failures_the_right_password_is_refused_for_a_quarter_of_an_hour(staff, clock):
    for _ in range(5):
        assert staff.sign_in("viewer", "wrong password here").status_code == 403
    assert staff.sign_in("viewer").status_code == 403
    clock.now = NOW + datetime.timedelta(minutes=14)
    assert staff.sign_in("viewer").status_code == 403
    # Nobody else is locked out, and it ends by itself.
    assert Staff(staff.site).sign_in("editor").status_code == 200
    clock.now = NOW + datetime.timedelta(minutes=16)
    assert staff.sign_in("viewer").status_code == 200


def test_a_locked_account_looks_like_an_unknown_one(staff):
    locked = [staff.sign_in("viewer", "wrong password here") for _ in range(7)][-1]
    unknown = [Staff(staff.site).sign_in("nobody", "wrong password here") for _ in range(7)][-1]
    assert (locked.status_code, text_of(locked.text)) == (403, text_of(unknown.text))


def test_four_failures_and_a_success_begin_anew(staff):
    for _ in range(2):
        for _ in range(4):
            staff.sign_in("viewer", "wrong password here")
        assert Staff(staff.site).sign_in("viewer").status_code == 200


def test_many_guesses_at_once_are_no_more_than_five(at, monkeypatch):
    # All begin before any has been judged.
    judged, barrier = [], threading.Barrier(12)

    def fits(password_hash, password):
        judged.append(password_hash)
        return False

    monkeypatch.setattr(passwords, "fits", fits)

    def guess():
        barrier.wait()
        sign_ins.attempt(at.engine, "vera", "a guess", NOW)

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Of the others nothing was held against the hash of the account.
    assert (len(judged), judged.count(HASH)) == (12, 5)


def test_a_name_that_is_not_known_costs_as_much_time_as_one_that_is(at, monkeypatch):
    asked = []
    verify = passwords._hasher.verify
    monkeypatch.setattr(
        type(passwords._hasher), "verify", lambda _, *given: asked.append(given) or verify(*given)
    )
    for name in ("vera", "nobody"):
        assert sign_ins.attempt(at.engine, name, "not this one, no", NOW) is None
    assert len(asked) == 2
    assert asked[0][0] != asked[1][0]


def test_of_a_sign_in_only_day_account_and_outcome_are_kept(at):
    staff = Staff(at)
    staff.sign_in("viewer")
    staff.sign_in("viewer", "wrong password here")
    # Whoever types the password in the field of the name must not find it kept.
    Staff(at).sign_in("hunter2 is my password", "x")
    assert {column.name for column in SIGN_IN.columns} == {"id", "day", "name", "outcome"}
    assert rows(at)[0] == ("vera", "in")
    assert rows(at)[-1] == ("?", "refused")
    assert not any("hunter2" in name for name, _ in rows(at))


def test_sign_ins_are_kept_for_ninety_days(at):
    sign_ins.note(at.engine, "vera", "in", NOW)
    sign_ins.note(at.engine, "edda", "in", NOW + datetime.timedelta(days=91))
    assert rows(at) == [("edda", "in")]


def test_signing_out_ends_the_sessions_of_all_browsers(staff):
    other = Staff(staff.site)
    staff.sign_in()
    other.sign_in()
    kept = dict(other.client.cookies)
    staff.post("/sign-out", "/")
    assert other.get("/").url.path == "/sign-in"
    # Also a copy of the cookie is worth nothing any more.
    thief = Staff(staff.site)
    thief.client.cookies.update(kept)
    assert thief.get("/").url.path == "/sign-in"


def test_a_session_ends_after_eight_hours(staff, monkeypatch):
    staff.sign_in()
    assert staff.get("/").url.path == "/"
    from itsdangerous import timed

    later = timed.time.time() + sessions.LASTS_SECONDS + 60
    monkeypatch.setattr(timed.time, "time", lambda: later)
    assert staff.get("/").url.path == "/sign-in"


@pytest.mark.parametrize("change", ["remove", "password"])
def test_whose_account_is_gone_or_has_another_password_is_out(staff, change):
    staff.sign_in()
    if change == "remove":
        accounts.remove(staff.site.engine, "vera")
    else:
        accounts.set_password(staff.site.engine, "vera", HASH)
    assert staff.get("/").url.path == "/sign-in"


@pytest.mark.parametrize(("role", "name"), [("viewer", "vera"), ("admin", "ada")])
@pytest.mark.parametrize("next_one", ["eve", "the same"])
def test_a_session_of_a_removed_account_is_not_that_of_the_next_one(staff, role, name, next_one):
    staff.sign_in(role)
    accounts.remove(staff.site.engine, name)
    accounts.add(staff.site.engine, name if next_one == "the same" else next_one, "admin", HASH)
    assert staff.get("/").url.path == "/sign-in"


def test_a_session_of_a_demonstration_is_none_of_the_real_dashboard(staff, tmp_path):
    shown = engine(f"sqlite:///{tmp_path / 'demo.sqlite3'}")
    demo.fill(shown, staff.site.pack.city, NOW.date(), weeks=1)
    demo.add_accounts(shown)
    seen = Staff(replace(staff.site, engine=shown))
    session = sessions.begun(accounts.named(shown, "demo-admin"))
    value = [session.account, session.number, session.key]
    for browser in (seen, staff):
        browser.client.cookies.set("session", staff.site.cookies.signed("session", value))
    assert seen.get("/").url.path == "/"
    assert staff.get("/").url.path == "/sign-in"


@pytest.mark.parametrize("forged", ["", "x", "WzEsMCwia2V5Il0.x.y", '[1,0,"key"]', "\x7f"])
def test_a_forged_session_is_none(staff, forged):
    staff.client.cookies.set("session", forged)
    assert staff.get("/").url.path == "/sign-in"


def test_a_cookie_signed_for_something_else_is_no_session(staff):
    other = staff.site.cookies.signed("provider", [1, 0, "key"])
    staff.client.cookies.set("session", other)
    assert staff.get("/").url.path == "/sign-in"


@pytest.mark.parametrize("path", WRITTEN)
@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
def test_a_form_without_our_token_does_nothing(staff, path, token):
    staff.sign_in("admin")
    found = staff.client.post(path, data={"token": token, "name": "vera"})
    assert found.status_code == 400
    assert words.WRONG[400].english in text_of(found.text)
    assert staff.get("/").url.path == "/"


@pytest.mark.parametrize("path", WRITTEN)
def test_a_token_of_somebody_else_does_nothing(staff, path):
    staff.sign_in("admin")
    other = Staff(staff.site)
    other.sign_in("editor")
    token = token_in(other.get("/").text)
    assert staff.client.post(path, data={"token": token}).status_code == 400


def test_a_token_from_before_signing_in_is_worth_nothing_after(staff):
    before = token_in(staff.get("/sign-in").text)
    staff.sign_in("editor")
    assert staff.client.post("/notes", data={"token": before}).status_code == 400


def test_a_form_sent_from_another_site_is_refused(staff):
    staff.sign_in("editor")
    token = token_in(staff.get("/notes").text)
    given = {"token": token, "first_day": "2026-09-01", "text": "school"}
    found = staff.client.post("/notes", data=given, headers={"Sec-Fetch-Site": "cross-site"})
    assert found.status_code == 400


@pytest.mark.parametrize("path", ["/sign-in", "/notes"])
@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", ""])
def test_another_kind_of_body_is_refused(staff, path, kind):
    found = staff.client.post(path, content=b"{}", headers={"Content-Type": kind})
    assert found.status_code == 415


def test_a_body_that_is_too_large_is_cut_off(staff):
    token = token_in(staff.get("/sign-in").text)
    body = b"x=" + b"a" * 200_000 + b"&token=" + token.encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert staff.client.post("/sign-in", content=body, headers=kind).status_code == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "POST"])
def test_another_method_does_nothing(staff, method):
    staff.sign_in("admin")
    assert staff.client.request(method, "/topics").status_code == 405


def cookies_set(found) -> dict[str, str]:
    lines = found.headers.get_list("set-cookie")
    return {line.split("=")[0]: line.lower() for line in lines}


def test_cookies_are_read_by_us_alone(staff):
    token = token_in(staff.get("/sign-in").text)
    given = {"token": token, "name": "vera", "password": PASSWORD}
    found = staff.client.post("/sign-in", data=given, follow_redirects=False)
    line = cookies_set(found)["session"]
    assert all(part in line for part in ("httponly", "samesite=strict", "path=/"))
    assert f"max-age={8 * 60 * 60}" in line
    # On this machine itself there is no TLS.
    assert "secure" not in line
    assert "vera" not in line


@pytest.mark.parametrize("base", ["https://signals.city.example", "http://signals.city.example"])
def test_elsewhere_than_on_this_machine_cookies_go_over_tls_only(at, base):
    staff = Staff(at, base)
    lines = cookies_set(staff.get("/sign-in"))
    assert "secure" in lines["__Host-form"]
    if base.startswith("https"):
        assert staff.sign_in().url.path == "/"
        assert "__Host-session" in staff.client.cookies


def test_every_answer_has_the_strict_headers(staff):
    staff.sign_in("admin")
    paths = [*READ, "/sign-in", "/nowhere", "/static/dashboard.css", "/static/nothing", "/health"]
    for path in paths:
        headers = staff.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy, path
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        wanted = "no-cache" if path.startswith("/static/") else "no-store"
        assert headers["cache-control"] == wanted, path


def test_behind_tls_browsers_are_told_to_stay_there(at):
    found = Staff(at, "https://signals.city.example").get("/sign-in")
    assert "max-age" in found.headers["strict-transport-security"]


def test_whoever_asks_too_often_waits_a_minute(tmp_path):
    at = site(tmp_path, weeks=0)
    moment = [0.0]
    object.__setattr__(at, "sign_ins", Limit(3, lambda: moment[0]))
    staff = Staff(at)
    for _ in range(3):
        assert staff.sign_in("nobody", "wrong password here").status_code == 403
    assert staff.sign_in("viewer").status_code == 429
    moment[0] = 61.0
    assert staff.sign_in("viewer").status_code == 200


def test_an_ipv6_network_is_one_visitor(at):
    object.__setattr__(at, "sign_ins", Limit(3, lambda: 0.0))
    found = [posted_from(at, f"2001:db8::{number}") for number in range(1, 5)]
    assert found == [403, 403, 403, 429]
    assert posted_from(at, "2001:db8:0:1::1") == 403
    assert posted_from(at, "192.0.2.1") == 403
    assert [posted_from(at, f"::ffff:192.0.2.{number}") for number in range(4)] == [403] * 4


def posted_from(at, host: str) -> int:
    staff = Staff(at)
    staff.client = TestClient(app.build(at), "http://127.0.0.1", client=(host, 1))
    return staff.post("/sign-in", name="nobody", password="wrong").status_code


def test_the_way_back_from_a_provider_is_not_open_to_endless_attempts(at):
    object.__setattr__(at, "sign_ins", Limit(3, lambda: 0.0))
    found = [Staff(at).get("/sign-in/openid/back?code=x").status_code for _ in range(5)]
    assert found == [403, 403, 403, 429, 429]
    assert len(rows(at)) == 3


def test_many_attempts_at_once_leave_the_pages_to_others(at, monkeypatch):
    object.__setattr__(at, "sign_ins", Limit(1000))
    judged, found = threading.Event(), []
    monkeypatch.setattr(sign_ins, "attempt", lambda *_: judged.wait(20) and None)

    async def attempt(client, form):
        found.append((await client.post("/sign-in", data=form)).status_code)

    async def flood():
        transport = httpx.ASGITransport(app.build(at))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            token = token_in((await client.get("/sign-in")).text)
            with anyio.fail_after(20):
                async with anyio.create_task_group() as group:
                    for _ in range(60):
                        group.start_soon(attempt, client, {"token": token, "name": "vera"})
                    while at.judging.statistics().tasks_waiting < MOST_WAITING:
                        await anyio.sleep(0.01)
                    await attempt(client, {"token": token, "name": "ada"})
                    assert (await client.get("/sign-in")).status_code == 200
                    assert set(found) == {429}
                    judged.set()

    anyio.run(flood)
    assert sorted(set(found)) == [403, 429]


def test_whoever_opens_too_many_pages_waits_a_minute(tmp_path):
    at = site(tmp_path, weeks=0)
    moment = [0.0]
    object.__setattr__(at, "requests", Limit(3, lambda: moment[0]))
    staff = Staff(at)
    for _ in range(3):
        assert staff.get("/sign-in").status_code == 200
    assert staff.get("/sign-in").status_code == 429
    moment[0] = 61.0
    assert staff.get("/sign-in").status_code == 200


def test_a_refusal_takes_as_long_as_it_is_to(tmp_path):
    import time

    at = site(tmp_path, weeks=0)
    object.__setattr__(at, "refusal_seconds", 0.6)
    staff = Staff(at)
    staff.get("/sign-in")
    begin = time.monotonic()
    staff.sign_in("nobody")
    assert time.monotonic() - begin >= 0.6


def test_an_error_inside_tells_nothing_of_itself(staff, monkeypatch):
    staff.sign_in("admin")
    monkeypatch.setattr(sign_ins, "latest", lambda *_: 1 / 0)
    found = staff.get("/accounts")
    assert found.status_code == 500
    assert "ZeroDivision" not in found.text
    assert words.WRONG[500].english in text_of(found.text)
    assert "default-src" in found.headers["content-security-policy"]


def test_while_the_database_is_away_a_page_says_so(staff, caplog):
    staff.sign_in()
    with staff.site.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE account")
    found = staff.get("/")
    assert found.status_code == 503
    assert words.WRONG[503].english in text_of(found.text)
    assert "vera" not in caplog.text


@pytest.mark.parametrize(
    ("role", "refused"),
    [("viewer", ["/accounts"]), ("editor", ["/accounts"]), ("admin", [])],
)
def test_each_role_sees_its_own_pages(staff, role, refused):
    staff.sign_in(role)
    found = {path: staff.get(path).status_code for path in READ}
    assert [path for path, status in found.items() if status == 403] == refused
    assert set(found.values()) <= {200, 403, 404}
    menu = staff.get("/").text
    assert ('href="/accounts"' in menu) == (role == "admin")


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [("viewer", "/notes", 403), ("viewer", "/notes/remove", 403),
     ("viewer", "/accounts/unlock", 403), ("editor", "/accounts/unlock", 403),
     ("editor", "/notes", 422), ("admin", "/notes", 422)],
)  # fmt: skip
def test_each_role_does_what_it_may(staff, role, path, status):
    staff.sign_in(role)
    assert staff.post(path, "/").status_code == status


def test_another_role_counts_at_once(staff):
    staff.sign_in("admin")
    accounts.set_role(staff.site.engine, NAMES["admin"], "viewer")
    assert staff.get("/accounts").status_code == 403


def test_a_role_that_nobody_knows_may_nothing(staff):
    staff.sign_in("admin")
    with staff.site.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE account SET role = 'owner'")
    assert staff.get("/accounts").status_code == 403
    assert staff.get("/help").status_code == 403


def test_an_admin_unlocks_whoever_is_locked_out(staff):
    other = Staff(staff.site)
    for _ in range(6):
        other.sign_in("viewer", "wrong password here")
    staff.sign_in("admin")
    assert words.STATE_LOCKED.english in text_of(staff.get("/accounts").text)
    staff.post("/accounts/unlock", "/accounts", name="vera")
    assert other.sign_in("viewer").status_code == 200
    # One who is gone is no error.
    assert staff.post("/accounts/unlock", "/accounts", name="nobody").status_code == 200
