"""Every rule of the catalogue has a function, and tests that see it refuse and accept."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import sandbox
from tests.openapi.documents import catalogue

TESTS = Path(__file__).parents[1]
REFUSING = {id for id, rule in catalogue().items() if "value" in rule}


def marked(mark: str) -> set[str]:
    """The rules that tests are marked with."""
    return {
        argument.value
        for file in TESTS.rglob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == mark
        for argument in decorator.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def kept() -> Iterator[str]:
    """The rules that functions of the sandbox bear the ids of."""
    for found in pkgutil.walk_packages(sandbox.__path__, "sandbox."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        classes = [thing for thing in vars(module).values() if isinstance(thing, type)]
        for holder in (module, *classes):
            ids = (getattr(thing, "rule_id", None) for thing in vars(holder).values())
            yield from (id for id in ids if isinstance(id, str))


def test_every_rule_has_a_function_that_bears_its_id() -> None:
    assert set(kept()) == set(catalogue())


def test_every_rule_that_can_refuse_is_seen_to_refuse() -> None:
    assert REFUSING - marked("refuses") == set()
    assert marked("refuses") - REFUSING == set()


def test_every_rule_is_seen_to_accept_or_to_do_what_it_says() -> None:
    assert set(catalogue()) - marked("accepts") == set()
    assert marked("accepts") - set(catalogue()) == set()
