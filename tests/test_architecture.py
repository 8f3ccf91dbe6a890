"""The way in is one way: model ← rules ← actions ← actors ← seeding, actions ← worlds ← edge ← editions ← app ← cli.

Imports under TYPE_CHECKING count like any others. No module is part of a circle. The contract tests and the sandbox
share `openapi/` and nothing else, and `openapi/` is documents only.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib.util import resolve_name
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# What each part of the sandbox may import of the others.
ARROWS: dict[str, set[str]] = {
    "model": set(),
    "clock": set(),
    "logs": set(),
    "terminal": set(),
    "listening": set(),
    "configuration": set(),
    "command": {"configuration"},
    "options": {"model", "command", "configuration", "edition", "editions", "logs", "seeding", "settings", "story"},
    "cache": set(),
    "resources": set(),
    "documents": {"resources", "cache"},
    "settings": {"model", "logs"},
    "store": {"model"},
    "rules": {"model"},
    "readiness": set(),
    "edition": {"model", "rules"},
    "actions": {"model", "rules", "store.protocol"},
    "actors": {"model", "rules", "actions", "store.protocol"},
    "seeding": {"model", "rules", "actions", "actors", "edition", "store", "resources", "cache"},
    "worlds": {"model", "readiness", "rules", "actions", "actors", "edition", "seeding", "store.protocol"},
    "shared": {"model", "store", "worlds"},
    "edge": {
        "model",
        "rules",
        "actions",
        "actors",
        "edition",
        "seeding",
        "worlds",
        "documents",
        "readiness",
        "resources",
        "store.protocol",
        "logs",
    },
    "editions": {
        "model",
        "rules",
        "actions",
        "actors",
        "seeding",
        "edition",
        "edge",
        "documents",
        "resources",
        "worlds",
        "store.protocol",
    },
    "app": {"edge", "edition", "worlds", "documents"},
    "opening": {"model", "seeding", "store", "settings"},
    "serving": {"edge"},
    "workers": set(),
    "banner": {"edition", "worlds"},
    "commands": {"actors", "clock", "command", "logs", "opening", "options", "seeding", "store.protocol"},
    "doctor": {"cache", "listening", "logs", "opening", "seeding", "settings", "store.places", "store.protocol"},
    "cli": {
        "model",
        "commands",
        "app",
        "banner",
        "clock",
        "command",
        "doctor",
        "listening",
        "logs",
        "options",
        "edition",
        "editions",
        "opening",
        "seeding",
        "serving",
        "settings",
        "shared",
        "store.protocol",
        "story",
        "terminal",
        "workers",
        "worlds",
    },
    "__main__": {"cli"},
    "testing": {"model", "seeding", "app", "clock", "editions", "serving", "worlds"},
    "story": {"testing"},
}

# What each part of an edition that has records of its own may import of its other parts.
INSIDE: dict[str, set[str]] = {
    "rules": set(),
    "presented": set(),
    "actions": {"rules", "presented"},
    "actors": {"rules", "actions"},
    "seeding": {"rules", "actions", "actors"},
    "control": {"rules", "actions", "actors"},
    "migration": {"rules", "actions", "actors", "seeding"},
    "views": {"presented"},
    "refusals": set(),
    "presentation": {"presented", "views", "refusals"},
    "handlers": {"rules", "actions", "presented", "presentation"},
    "book": {"rules"},
    "defects": {"rules", "presentation", "views", "presented", "book", "actions"},
}

# What pure parts may not reach for: the network, files, the clock, chance.
PURE = ("model", "rules", "edition", "readiness")
IMPURE = {"asyncio", "connexion", "httpx", "io", "os", "pathlib", "random", "requests", "socket", "starlette", "time"}


def part_of(module: str) -> str:
    """The part that a module of the sandbox belongs to: "rules" for sandbox.rules.status."""
    return [*module.split("."), ""][1]


@cache
def modules(package: str) -> Mapping[str, Path]:
    """Every module of a package by its name."""
    files = (ROOT / package).rglob("*.py")
    names = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in files}
    return {name.removesuffix(".__init__"): path for path, name in names.items()}


def imports(file: Path) -> Iterator[str]:
    """What a file imports, wherever in it: of `from a import b` both `a` and `a.b`."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = resolve_name("." * node.level + (node.module or ""), ".".join(file.relative_to(ROOT).parts[:-1]))
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def allowed(part: str, imported: str) -> bool:
    """True when the part may import the module: it is its own, or an arrow leads there."""
    inner = imported.removeprefix("sandbox.")
    if imported in ("sandbox", "sandbox.__version__") or part_of(imported) == part:
        return True
    return any(inner == arrow or inner.startswith(f"{arrow}.") for arrow in ARROWS[part])


def against(module: str) -> list[str]:
    """What a module imports against the arrows."""
    part = part_of(module)
    assert part in ARROWS, f"{module} is of no part of the house: say in ARROWS what it may import"
    theirs = (name for name in imports(modules("sandbox")[module]) if name.split(".")[0] == "sandbox")
    names = {name if name in modules("sandbox") else name.rpartition(".")[0] or name for name in theirs}
    return sorted(name for name in names if not allowed(part, name))


@pytest.mark.parametrize("module", [name for name in modules("sandbox") if name != "sandbox"])
def test_no_module_imports_against_the_arrows(module: str) -> None:
    assert against(module) == []


@pytest.mark.parametrize(
    "module", [name for name in modules("sandbox") if name.startswith("sandbox.editions.register.")]
)
def test_the_parts_of_an_edition_keep_to_the_arrows_too(module: str) -> None:
    edition, part = "sandbox.editions.register.", module.split(".")[3]
    inner = {name.split(".")[3] for name in imports(modules("sandbox")[module]) if name.startswith(edition)}
    assert inner <= INSIDE[part] | {part}


@pytest.mark.parametrize(
    "module",
    [
        name
        for name in modules("sandbox")
        if part_of(name) in PURE or name.startswith("sandbox.editions.register.rules")
    ],
)
def test_what_judges_is_pure(module: str) -> None:
    file = modules("sandbox")[module]
    assert not IMPURE & {name.split(".")[0] for name in imports(file)}
    assert "now()" not in file.read_text()
    assert "today()" not in file.read_text()


def test_only_the_clock_knows_the_time_of_the_machine() -> None:
    asking = {
        name
        for name, file in modules("sandbox").items()
        if "time" in imports(file) or "datetime.now(" in file.read_text()
    }
    assert asking == {"sandbox.clock"}


@pytest.mark.parametrize("package", ["sandbox", "contract_tests"])
def test_no_module_is_part_of_a_circle(package: str) -> None:
    known = modules(package)
    graph = {
        name: {other for other in imports(file) if other in known and other != name} for name, file in known.items()
    }
    for name, others in graph.items():
        others -= {name[: len(other)] for other in others if name.startswith(f"{other}.")}  # its own package's face
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(f"imports go round: {' → '.join(circle.args[1])}")


@pytest.mark.parametrize(
    "edition", sorted(path.name for path in (ROOT / "sandbox/editions").iterdir() if path.is_dir())
)
def test_no_edition_imports_another(edition: str) -> None:
    own = f"sandbox.editions.{edition}"
    inside = {name: file for name, file in modules("sandbox").items() if name == own or name.startswith(f"{own}.")}
    others = {other for file in inside.values() for other in imports(file) if other.startswith("sandbox.editions")}
    assert all(other == "sandbox.editions" or f"{other}.".startswith(f"{own}.") for other in others), others


@pytest.mark.parametrize("module", modules("contract_tests"))
def test_the_contract_tests_import_nothing_of_the_sandbox(module: str) -> None:
    assert {name for name in imports(modules("contract_tests")[module]) if name.split(".")[0] == "sandbox"} == set()


@pytest.mark.parametrize("module", [name for name in modules("sandbox") if name])
def test_the_sandbox_imports_nothing_of_the_contract_tests(module: str) -> None:
    assert {name for name in imports(modules("sandbox")[module]) if name.split(".")[0] == "contract_tests"} == set()


def test_openapi_is_documents_only() -> None:
    assert {file.suffix for file in (ROOT / "openapi").rglob("*") if file.is_file()} == {".yaml", ".json"}


def test_an_arrow_against_the_way_is_seen() -> None:
    assert not allowed("rules", "sandbox.actions.call")
    assert not allowed("actions", "sandbox.store.engine")
    assert not allowed("edge", "sandbox.editions.ecf")
    assert not allowed("worlds", "sandbox.edge.arrival")
    assert allowed("editions", "sandbox.edge.provider.request")
    assert allowed("actions", "sandbox.store.protocol")


def test_a_circle_is_seen() -> None:
    with pytest.raises(CycleError):
        TopologicalSorter({"a": {"b"}, "b": {"a"}}).prepare()
