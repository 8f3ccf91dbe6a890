"""The contract tests import nothing of the sandbox, which they judge; and nothing of theirs imports in a circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import contract_tests

PACKAGE = Path(contract_tests.__file__).parent
STRANGERS = {"sandbox", "openapi", "tests"}


def modules() -> dict[str, Path]:
    names = {".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts): file for file in PACKAGE.rglob("*.py")}
    return {name.removesuffix(".__init__"): file for name, file in names.items()}


def imports(code: str) -> Iterator[str]:
    """Every module that a module may be importing, wherever it does: in a function, or for type checkers only."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def strangers(code: str) -> set[str]:
    return {name for name in imports(code) if name.partition(".")[0] in STRANGERS}


@pytest.mark.parametrize("module", modules())
def test_no_module_imports_what_it_judges(module: str) -> None:
    assert strangers(modules()[module].read_text()) == set()


def test_no_import_leads_back_to_where_it_began() -> None:
    """Which CycleError would name."""
    known = modules()
    arrows = {
        name: {each if each in known else each.rpartition(".")[0] for each in imports(file.read_text())}
        for name, file in known.items()
    }
    assert set(TopologicalSorter(arrows).static_order()) >= set(known)


def test_an_import_is_seen_wherever_it_stands() -> None:
    assert strangers("def late():\n    from sandbox.app import build_app") == {"sandbox.app.build_app"}
    assert strangers("if TYPE_CHECKING:\n    import openapi.documents") == {"openapi.documents"}
    assert strangers("from contract_tests import documents\nimport sandboxes") == set()
