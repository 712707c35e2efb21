"""`rightdoor directory`: exit codes, faults on standard error one a line, and never a traceback."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from hsds_data import EXAMPLES, ORGANIZATION, ORGANIZATIONS, SERVICES, write

from bot import command
from bot.directory.hsds import transfer
from bot.settings import CITIES, ROOT


def run(*arguments: object) -> int:
    return command.main(["directory", *map(str, arguments)])


def test_the_city_passes_its_check(capsys):
    assert run("check", "brussels") == 0
    out, err = capsys.readouterr()
    assert out.count("\n") == 1
    assert "brussels: no faults" in out
    assert err == ""


def test_a_city_goes_out_and_in_by_the_command_line(tmp_path, capsys):
    assert run("export", "brussels", "--format", "json", "--to", tmp_path / "all.json") == 0
    assert run("import", tmp_path / "all.json", "--to", tmp_path / "again") == 0
    assert run("check", tmp_path / "again") == 0
    assert run("export", "brussels", "--format", "csv", "--to", tmp_path / "out.zip") == 0
    assert run("check", tmp_path / "out.zip") == 0
    out, err = capsys.readouterr()
    assert out.count("\n") == 5
    assert err == ""
    again = {path.name: path.read_bytes() for path in (tmp_path / "again").glob("*.csv")}
    assert again["services.csv"] == (CITIES / "brussels" / "services.csv").read_bytes()
    assert again["translations.csv"] == (CITIES / "brussels" / "translations.csv").read_bytes()


def test_faults_stand_on_standard_error_one_a_line(tmp_path, capsys):
    source = write(tmp_path / "city", services=SERVICES, funding="id,source\n1,\n2,\n")
    for verb in (("check",), ("export", "--format", "csv", "--to", tmp_path / "x")):
        assert run(verb[0], source, *verb[1:]) == 1
        out, err = capsys.readouterr()
        assert out == "city: 3 faults.\n"
        assert len(err.splitlines()) == 3
        assert all("; allowed: " in line for line in err.splitlines())


def test_at_most_a_thousand_faults_are_printed_and_all_are_counted(tmp_path, capsys):
    rows = "".join(f"{number},\n" for number in range(1200))
    assert run("check", write(tmp_path / "city", organizations="id,name\n" + rows)) == 1
    out, err = capsys.readouterr()
    assert len(err.splitlines()) == 1001
    assert err.splitlines()[-1] == "and 2600 more"
    assert out == "city: 3600 faults.\n"


def test_a_city_is_checked_by_the_rules_of_right_door_too(tmp_path, capsys):
    shutil.copytree(CITIES / "brussels", tmp_path / "town")
    (tmp_path / "town" / "city.yml").write_text("name: {}\n")
    assert run("check", tmp_path / "town") == 1
    assert "town/city.yml: time_zone" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        *([], ["check"], ["chek", "brussels"], ["export", "brussels", "--format", "xml"]),
        *(["export", "brussels", "--format", "json"], ["import", "x"]),
    ],
)
def test_wrong_use_ends_with_two(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    assert ended.value.code == 2
    assert "usage: rightdoor directory" in capsys.readouterr().err


def test_mapping_and_made_ids_are_options_of_import(tmp_path, capsys):
    two = EXAMPLES / "hsds-2"
    assert run("import", two, "--to", tmp_path / "two", "--mapping", "hsds-2") == 0
    loose = write(
        tmp_path / "loose",
        organizations=ORGANIZATIONS.replace(ORGANIZATION, "1"),
        services=SERVICES.replace(ORGANIZATION, "1"),
    )
    assert run("import", loose, "--to", tmp_path / "new") == 1
    assert "--make-ids" in capsys.readouterr().err
    assert run("import", loose, "--to", tmp_path / "new", "--make-ids") == 0


def test_what_nobody_foresaw_is_a_sentence_and_no_traceback(monkeypatch, capsys):
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(transfer, "load", fail)
    assert run("check", "brussels") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "MemoryError: this cannot be done; allowed: other data\n"


def test_it_ends_quietly_when_it_is_interrupted(monkeypatch, capsys):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(transfer, "load", interrupt)
    assert run("check", "brussels") == 130
    assert capsys.readouterr() == ("", "")


def test_a_reader_that_leaves_is_no_crash(tmp_path):
    reader = f"{sys.executable} -m bot.command directory check {tmp_path}/none 2>&1 >&- | true"
    done = subprocess.run(reader, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stdout + done.stderr


def test_the_program_is_installed_with_the_project():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert '[project.scripts]\nrightdoor = "bot.command:main"' in project
    assert "package = true" in project
