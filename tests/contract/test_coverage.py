"""The contract tests see every rule of each catalogue at work: one scenario sees it refuse, one sees it accept."""

from __future__ import annotations

import ast
from functools import cache

import pytest

from contract_tests.documents import EDITIONS, SCOPE
from contract_tests.editions import SCENARIOS, is_of_another
from tests.openapi.documents import catalogue

EACH_EDITION = pytest.mark.parametrize("edition", EDITIONS)


def refusing(edition: str) -> set[str]:
    """The rules that can refuse something."""
    return {id for id, rule in catalogue(edition).items() if "value" in rule}


@cache
def marked(mark: str, edition: str) -> set[str]:
    """The rules that scenarios told of an edition are marked with."""
    with SCOPE.limited_to(("*",), edition):
        files = [file for file in SCENARIOS.rglob("test_*.py") if not is_of_another(file)]
    return {
        argument.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == mark
        for argument in decorator.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


@EACH_EDITION
def test_every_rule_that_can_refuse_is_seen_to_refuse(edition: str) -> None:
    assert refusing(edition) - marked("refuses", edition) == set()


@EACH_EDITION
@pytest.mark.parametrize("mark", ["refuses", "accepts"])
def test_scenarios_name_no_rule_that_there_is_not(edition: str, mark: str) -> None:
    assert marked(mark, edition) - set(catalogue(edition)) == set()


@EACH_EDITION
def test_only_rules_that_can_refuse_are_said_to(edition: str) -> None:
    assert marked("refuses", edition) - refusing(edition) == set()


@EACH_EDITION
def test_every_rule_is_seen_to_accept_or_to_do_what_it_says(edition: str) -> None:
    assert set(catalogue(edition)) - marked("accepts", edition) == set()
