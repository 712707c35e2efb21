"""The tables go up and down with their data, on SQLite and PostgreSQL, and are as the code says."""

from __future__ import annotations

import datetime
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from demand_rows import MONDAY, counters, one, rows
from sqlalchemy import MetaData, create_engine, func, insert, inspect, select, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import ProgrammingError

from bot import command
from bot.database import migrate, prepared, roles
from bot.database.engine import engine
from bot.database.migrate import NOTHING, RAW, RELEASED
from bot.database.raw import DEMAND
from bot.database.released import ACCOUNT, CELL, NOTE, RELEASE, SIGN_IN
from bot.demand.aging import delete_before
from bot.settings import ROOT

BOTH = [RAW, RELEASED]
OF_BOTH = pytest.mark.parametrize("history", BOTH, ids=lambda history: history.name)
# As the version before made it, without leaving word of its form.
FIRST_VERSION = """
CREATE TABLE demand (
    day DATE NOT NULL, city VARCHAR(64) NOT NULL, route VARCHAR(64) NOT NULL,
    language VARCHAR(64) NOT NULL, audience VARCHAR(64) NOT NULL, channel VARCHAR(64) NOT NULL,
    outcome VARCHAR(64) NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (day, city, route, language, audience, channel, outcome)
)
"""
OLD_ROW = (
    "INSERT INTO demand VALUES ('2026-11-23', 'brussels', 'mental_health', 'fr', 'resident',"
    " 'telegram', 'answered', 41)"
)


@pytest.fixture
def reached(address: str) -> Iterator[Engine]:
    opened = engine(address)
    yield opened
    opened.dispose()


def run(reached: Engine, *statements: str) -> None:
    with reached.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def content(reached: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    found = MetaData()
    found.reflect(reached)
    with reached.connect() as connection:
        return {
            name: sorted(tuple(row) for row in connection.execute(select(table)))
            for name, table in found.tables.items()
        }


def fill(reached: Engine) -> None:
    release = {"city": "brussels", "year": 2026, "week": 47, "first_day": MONDAY}
    release |= {"made_on": MONDAY, "epsilon": 1.0, "method": "laplace", "settings": "{}"}
    cell = {"release_id": 1, "table_name": "topic", "first": "legal_help", "second": ""}
    with reached.begin() as connection:
        connection.execute(insert(RELEASE), release)
        connection.execute(insert(CELL), cell | {"value": None, "low": None, "high": None})
        connection.execute(insert(ACCOUNT), {"name": "mayor", "role": "viewer"})
        connection.execute(insert(SIGN_IN), {"day": MONDAY, "name": "mayor", "outcome": "ok"})
        note = {"city": "brussels", "first_day": MONDAY, "text": "School", "written_by": "mayor"}
        connection.execute(insert(NOTE), note)


@OF_BOTH
def test_the_tables_that_are_made_are_those_that_the_code_describes(history, reached):
    for one_of_both in BOTH:
        migrate.upgrade(reached, one_of_both)
    assert migrate.differences(reached, history) == []
    names = {table.name for table in history.metadata.sorted_tables}
    assert names <= set(inspect(reached).get_table_names())


@OF_BOTH
def test_a_difference_would_be_found(history, reached):
    migrate.upgrade(reached, history)
    some_table = history.metadata.sorted_tables[0].name
    run(reached, f"ALTER TABLE {some_table} ADD COLUMN chat_id INTEGER")
    assert "chat_id" in str(migrate.differences(reached, history))


@OF_BOTH
def test_columns_and_keys_are_just_those_of_the_code(history, reached):
    migrate.upgrade(reached, history)
    made = inspect(reached)
    for table in history.metadata.sorted_tables:
        assert [column["name"] for column in made.get_columns(table.name)] == table.c.keys()
        key = made.get_pk_constraint(table.name)["constrained_columns"]
        assert key == table.primary_key.columns.keys()


def test_a_database_of_the_first_version_is_taken_over_with_its_counts(address, reached):
    run(reached, FIRST_VERSION, OLD_ROW)
    with counters(address) as opened:
        opened.count(one(district="ixelles"))
        opened.count(one())
    found = [(str(row[0]), row[5], row[-1]) for row in rows(address)]
    assert found == [("2026-11-23", "ixelles", 1), ("2026-11-23", "none", 42)]
    assert migrate.differences(reached, RAW) == []


def test_going_back_keeps_the_sums_and_coming_again_keeps_them_too(address, reached):
    with counters(address) as opened:
        for district in ("ixelles", "uccle", "none"):
            opened.count(one(district=district))
        opened.count(one(route="legal_help", district="ixelles"))
    migrate.downgrade(reached, RAW, "r0001")
    assert "district" not in str(inspect(reached).get_columns("demand"))
    assert [(row[2], row[-1]) for row in rows_of_first_version(reached)] == [
        ("legal_help", 1),
        ("mental_health", 3),
    ]
    migrate.upgrade(reached, RAW)
    assert [(row[2], row[5], row[-1]) for row in rows(address)] == [
        ("legal_help", "none", 1),
        ("mental_health", "none", 3),
    ]
    assert migrate.differences(reached, RAW) == []


def rows_of_first_version(reached: Engine) -> list[tuple[Any, ...]]:
    with reached.connect() as connection:
        return [tuple(row) for row in connection.execute(text("SELECT * FROM demand ORDER BY 3"))]


@OF_BOTH
def test_all_the_way_down_leaves_nothing_of_it_and_up_again_works(history, reached):
    for one_of_both in BOTH:
        migrate.upgrade(reached, one_of_both)
    fill(reached)
    run(reached, OLD_ROW.replace("'telegram'", "'none', 'telegram'"))
    run(reached, "INSERT INTO progress VALUES ('telegram brussels', 7)")
    before = content(reached)
    migrate.downgrade(reached, history, NOTHING)
    # The other history in the same database keeps all it has
    left = content(reached)
    [other] = [one_of_both for one_of_both in BOTH if one_of_both is not history]
    for table in other.metadata.tables:
        assert left[table] == before[table] != []
    assert not set(history.metadata.tables) & set(left)
    migrate.upgrade(reached, history)
    assert migrate.differences(reached, history) == []


def test_an_upgrade_that_fails_leaves_everything_as_it_was(reached):
    run(reached, FIRST_VERSION, OLD_ROW, "CREATE TABLE progress (something INTEGER)")
    before = content(reached)
    with pytest.raises(Exception, match="progress"):
        migrate.upgrade(reached, RAW)
    assert content(reached) == before


def test_an_upgrade_of_what_is_new_already_changes_nothing(reached):
    for history in BOTH:
        migrate.upgrade(reached, history)
    fill(reached)
    before = content(reached)
    for history in BOTH:
        migrate.upgrade(reached, history)
    assert content(reached) == before


START = """
import sys
from bot.database import migrate
from bot.database.engine import engine
print("ready", flush=True)
input()
for history in (migrate.RAW, migrate.RELEASED):
    migrate.upgrade(engine(sys.argv[1]), history)
"""


def test_processes_that_start_together_do_not_collide(address, reached):
    run(reached, FIRST_VERSION, OLD_ROW)
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", START, address],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(4)
    ]
    assert [program.stdout.readline() for program in programs] == ["ready\n"] * 4
    for program in programs:
        program.stdin.write("go\n")
        program.stdin.flush()
    faults = [program.communicate(timeout=60)[1] for program in programs]
    assert [program.returncode for program in programs] == [0] * 4, faults
    assert [row[-1] for row in rows(address)] == [41]


def test_counters_of_before_a_day_are_deleted_of_one_city_only(address, reached):
    with counters(address) as opened:
        for day in range(4):
            opened.count(one(day=MONDAY + datetime.timedelta(days=day)))
        opened.count(one(city="aarhus"))
        opened.count(one())
    assert delete_before(reached, "brussels", MONDAY + datetime.timedelta(days=2)) == 3
    left = [(str(row[0]), row[1]) for row in rows(address)]
    assert left == [
        ("2026-11-23", "aarhus"),
        ("2026-11-25", "brussels"),
        ("2026-11-26", "brussels"),
    ]
    assert delete_before(reached, "denver", MONDAY) == 0


@pytest.fixture
def owner(server: Any) -> Iterator[Engine]:
    server.psql("DROP SCHEMA public CASCADE; CREATE SCHEMA public;")
    server.psql("DROP ROLE IF EXISTS dashboard; CREATE ROLE dashboard LOGIN;")
    opened = engine(server.get_uri())
    migrate.upgrade(opened, RAW)
    migrate.upgrade(opened, RELEASED)
    fill(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def dashboard(owner: Engine) -> Iterator[Engine]:
    roles.grant(owner, "dashboard")
    opened = create_engine(owner.url.set(username="dashboard"), future=True)
    yield opened
    opened.dispose()


def refused(reached: Engine, statement: str) -> bool:
    try:
        run(reached, statement)
    except ProgrammingError as error:
        return "permission denied" in str(error) or "must be owner" in str(error)
    return False


def test_the_dashboards_role_reads_releases_and_keeps_accounts_and_notes(dashboard):
    with dashboard.begin() as connection:
        for table in (RELEASE, CELL, ACCOUNT, SIGN_IN, NOTE):
            assert connection.execute(select(func.count()).select_from(table)).scalar() == 1
        connection.execute(insert(ACCOUNT), {"name": "clerk", "role": "editor"})
        connection.execute(insert(SIGN_IN), {"day": MONDAY, "name": "clerk", "outcome": "ok"})
        connection.execute(ACCOUNT.update().values(failures=1))
        connection.execute(NOTE.delete())
    # It finds the tables as they should be, without a right to make any
    migrate.upgrade(dashboard, RELEASED)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM demand",
        "SELECT count(*) FROM demand",
        "SELECT * FROM progress",
        "SELECT * FROM raw_version",
        "COPY demand TO STDOUT",
        "INSERT INTO progress VALUES ('telegram brussels', 1)",
        "DELETE FROM demand",
        "CREATE VIEW peep AS SELECT * FROM demand",
        "ALTER TABLE demand OWNER TO dashboard",
        "GRANT SELECT ON demand TO dashboard",
        "UPDATE release SET epsilon = 9",
        "INSERT INTO release_cell VALUES (1, 'topic', 'x', '', 1, 1, 1)",
        "DELETE FROM release",
        "DROP TABLE release_cell",
        "UPDATE released_version SET version_num = 'd0000'",
    ],
)
def test_the_dashboards_role_neither_reads_raw_counters_nor_changes_releases(dashboard, statement):
    assert refused(dashboard, statement)


def test_rights_that_were_given_by_hand_are_taken_away_again(owner, server):
    server.psql("GRANT ALL ON ALL TABLES IN SCHEMA public TO dashboard, PUBLIC;")
    roles.grant(owner, "dashboard")
    opened = create_engine(owner.url.set(username="dashboard"), future=True)
    assert refused(opened, "SELECT * FROM demand")
    assert refused(opened, "DELETE FROM release_cell")
    opened.dispose()


@pytest.mark.parametrize(
    "role", ["nobody_of_that_name", "postgres", "member", "a; DROP TABLE demand", ""]
)
def test_a_role_that_could_do_more_or_is_none_gets_nothing(owner, server, role):
    server.psql("DROP ROLE IF EXISTS member; CREATE ROLE member IN ROLE pg_read_all_data;")
    with pytest.raises(roles.RoleError, match="ROLE: .*allowed: "):
        roles.grant(owner, role)


def test_in_sqlite_there_are_no_roles_and_the_files_are_two(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/raw.sqlite3")
    monkeypatch.setenv("RELEASES_URL", f"sqlite:///{tmp_path}/releases.sqlite3")
    assert command.main(["database", "upgrade"]) == 0
    raw = inspect(engine(f"sqlite:///{tmp_path}/raw.sqlite3")).get_table_names()
    releases = inspect(engine(f"sqlite:///{tmp_path}/releases.sqlite3")).get_table_names()
    assert DEMAND.name in raw
    assert not set(raw) & set(releases)
    assert command.main(["database", "grant", "dashboard"]) == 1
    assert "SQLite has no roles" in capsys.readouterr().err


def test_the_commands_do_for_a_city_what_the_guide_says(owner, server, monkeypatch, capsys):
    for name in ("DATABASE_URL", "RELEASES_URL"):
        monkeypatch.setenv(name, server.get_uri())
    assert command.main(["database", "upgrade"]) == 0
    assert command.main(["database", "grant", "dashboard"]) == 0
    assert command.main(["database", "grant", "nobody"]) == 1
    assert "allowed: a role made with CREATE ROLE" in capsys.readouterr().err


def test_a_database_out_of_reach_is_told_without_its_password(monkeypatch, capsys):
    monkeypatch.setenv("RELEASES_URL", "postgresql://me:hunter2@127.0.0.1:1/demand")
    assert command.main(["database", "grant", "dashboard"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("The database cannot be reached")
    assert "hunter2" not in told


def test_what_counts_as_the_newest_form_is_that_of_the_migrations():
    assert {one.name: migrate.newest(one) for one in (RAW, RELEASED)} == prepared.NEWEST


def test_tables_that_are_as_they_should_be_need_no_alembic(tmp_path):
    url = f"sqlite:///{tmp_path / 'releases.sqlite3'}"
    program = (
        "import sys; from bot.database.engine import engine; from bot.database import prepared;"
        f"prepared.prepare(engine({url!r}), 'released'); print('alembic' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    found = [
        subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
        for _ in range(2)
    ]
    assert found == ["True\n", "False\n"]
