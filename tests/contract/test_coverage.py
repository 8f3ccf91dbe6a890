"""The contract tests see every rule of the catalogue at work: one scenario sees it refuse, one sees it accept."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import contract_tests
from tests.openapi.documents import catalogue

SCENARIOS = Path(contract_tests.__file__).parent
REFUSING = {id for id, rule in catalogue().items() if "value" in rule}


def marked(mark: str) -> set[str]:
    """The rules that scenarios are marked with."""
    return {
        argument.value
        for file in SCENARIOS.rglob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == mark
        for argument in decorator.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def test_every_rule_that_can_refuse_is_seen_to_refuse() -> None:
    assert REFUSING - marked("refuses") == set()


@pytest.mark.parametrize("mark", ["refuses", "accepts"])
def test_scenarios_name_no_rule_that_there_is_not(mark: str) -> None:
    assert marked(mark) - set(catalogue()) == set()


def test_only_rules_that_can_refuse_are_said_to() -> None:
    assert marked("refuses") - REFUSING == set()


def test_every_rule_is_seen_to_accept_or_to_do_what_it_says() -> None:
    assert set(catalogue()) - marked("accepts") == set()
