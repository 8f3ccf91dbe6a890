"""Which scenarios a run has: those about what is tested, and about what was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pytest

from contract_tests.config import RunConfig
from contract_tests.documents import rules
from contract_tests.part import Share

GENERATED: Final = "test_generated.py"  # by schemathesis, which takes a second to import
WALKS: Final = "test_walks.py"
AT_RANDOM: Final[Mapping[Share, frozenset[str]]] = {
    "random": frozenset({GENERATED, WALKS}),
    "generated": frozenset({GENERATED}),
    "walks": frozenset({WALKS}),
}


def is_about(scenario: pytest.Item, version: str) -> bool:
    """True when a scenario, and every rule it is marked with, concern a version."""
    chosen = [value for mark in scenario.iter_markers("only") for value in mark.args]
    if chosen and version not in chosen:
        return False
    catalogue = rules()
    for name in ("refuses", "accepts"):
        for mark in scenario.iter_markers(name):
            for rule in mark.args:
                says = catalogue[rule]
                versions = says.get("x-refused-in", says["x-versions"]) if name == "refuses" else says["x-versions"]
                if version not in versions:
                    return False
    return True


def is_selected(item: pytest.Item, run: RunConfig, only_version: str | None) -> bool:
    """True unless a run, or what one process has of it, leaves a scenario out."""
    version = version_of(item)
    if version is not None and version not in run.versions:
        return False
    if only_version not in (None, version or run.versions[-1]):
        return False
    return run.wants(marked(item, "refuses", "accepts", "checks"))


def is_of_share(module: str, share: Share | None) -> bool:
    """True unless one process has only what is made up at random, a kind of it or the rest, and this is not of that."""
    if share is None:
        return True
    return module in AT_RANDOM[share] if share in AT_RANDOM else module not in AT_RANDOM["random"]


def version_of(item: pytest.Item) -> str | None:
    """The one version that a scenario is told for, or is about."""
    params = getattr(getattr(item, "callspec", None), "params", {})
    chosen = [value for mark in item.iter_markers("only") for value in mark.args]
    found: str | None = params.get("version") or (chosen[0] if len(chosen) == 1 else None)
    return found


def marked(item: pytest.Item, *names: str) -> list[str]:
    """The rules that a scenario is marked with."""
    return [rule for name in names or ("refuses", "accepts") for mark in item.iter_markers(name) for rule in mark.args]
