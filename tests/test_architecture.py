"""The way in is one way: model ← rules ← actions ← actors ← seeding ← edge ← app ← cli.

The store and the views import only the model.

Beside it stand the defects, which may import what they put wrong things in the place of: only app and cli know of them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SANDBOX = Path(__file__).parents[1] / "sandbox"

# What each part of the sandbox may import of the others.
ARROWS: dict[str, set[str]] = {
    "model": set(),
    "clock": set(),
    "resources": set(),
    "documents": {"resources"},
    "settings": {"model"},
    "store": {"model"},
    "views": {"model"},
    "rules": {"model"},
    "actions": {"model", "rules", "store.protocol"},
    "actors": {"model", "rules", "actions", "store.protocol"},
    "seeding": {"model", "rules", "actions", "actors", "store", "resources", "cache"},
    "edge": {"model", "rules", "actions", "actors", "seeding", "views", "store.protocol"},
    "defects": {"model", "rules", "actions", "actors", "edge", "views"},
    "app": {"edge", "defects"},
    "opening": {"model", "seeding", "store", "clock", "settings"},
    "serving": {"edge"},
    "workers": set(),
    "banner": {"model", "seeding"},
    "cli": {
        "model",
        "app",
        "banner",
        "clock",
        "defects",
        "edge",
        "opening",
        "seeding",
        "serving",
        "settings",
        "store.protocol",
        "story",
        "workers",
    },
    "__main__": {"cli"},
    "testing": {"model", "seeding", "app", "clock", "edge", "serving"},
    "pytest_plugin": {"testing"},
    "story": {"testing"},
}

# What pure parts may not reach for: the network, files, the clock, chance.
IMPURE = {"asyncio", "connexion", "httpx", "io", "os", "pathlib", "random", "requests", "socket", "starlette", "time"}


def part_of(module: str) -> str:
    """The part that a module of the sandbox belongs to: "rules" for sandbox.rules.status."""
    return [*module.split("."), ""][1]


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "sandbox")


def modules() -> dict[str, Path]:
    names = {path: ".".join(path.relative_to(SANDBOX.parent).with_suffix("").parts) for path in SANDBOX.rglob("*.py")}
    return {name.removesuffix(".__init__"): path for path, name in names.items() if name != "sandbox.__init__"}


def allowed(part: str, imported: str) -> bool:
    """True when the part may import the module: it is its own, or an arrow leads there."""
    inner = imported.removeprefix("sandbox.")
    if imported in ("sandbox", "sandbox.__version__") or part_of(imported) == part:
        return True
    return any(inner == arrow or inner.startswith(f"{arrow}.") for arrow in ARROWS[part])


@pytest.mark.parametrize("module", modules())
def test_no_module_imports_against_the_arrows(module: str) -> None:
    part = part_of(module)
    assert part in ARROWS, f"{module} is of no part of the house"
    wrong = [name for name in imports(modules()[module]) if name.split(".")[0] == "sandbox" and not allowed(part, name)]
    assert not wrong, f"{module} imports {wrong}"


@pytest.mark.parametrize("module", [name for name in modules() if part_of(name) in ("model", "rules", "views")])
def test_what_judges_and_shows_is_pure(module: str) -> None:
    file = modules()[module]
    assert not IMPURE & {name.split(".")[0] for name in imports(file)}
    assert "now()" not in file.read_text()
    assert "today()" not in file.read_text()


def test_only_the_clock_knows_the_time_of_the_machine() -> None:
    asking = {
        name for name, file in modules().items() if "time" in imports(file) or "datetime.now(" in file.read_text()
    }
    assert asking == {"sandbox.clock"}


def test_only_who_wires_the_parts_knows_of_the_defects() -> None:
    assert {part for part, arrows in ARROWS.items() if "defects" in arrows} == {"app", "cli"}
    assert not allowed("edge", "sandbox.defects.defect")


def test_an_arrow_against_the_way_is_seen() -> None:
    assert not allowed("rules", "sandbox.actions.call")
    assert not allowed("actions", "sandbox.store.engine")
    assert not allowed("views", "sandbox.rules.status")
    assert not allowed("actors", "sandbox.seeding.player")
    assert allowed("edge", "sandbox.actions")
    assert allowed("actions", "sandbox.store.protocol")
