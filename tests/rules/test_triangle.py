"""Every rule of the catalogue has a function, and tests that see it refuse and accept."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType
from typing import Any

import msgspec
import pytest

import sandbox
from sandbox.editions import ecf, register
from tests.openapi.documents import EDITIONS, catalogue

TESTS = Path(__file__).parents[1]
BOOKS = {"ecf": ecf.EDITION.rules, "register": register.EDITION.rules}
OF_REGISTER = TESTS / "editions" / "register"


def refusing(edition: str) -> set[str]:
    """The rules of an edition that can refuse a request."""
    return {id for id, rule in catalogue(edition).items() if "value" in rule}


def marked(mark: str, edition: str) -> set[str]:
    """The rules that tests of an edition are marked with."""
    return {
        argument.value
        for file in TESTS.rglob("test_*.py")
        if file.is_relative_to(OF_REGISTER) == (edition == "register")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == mark
        for argument in decorator.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def kept(edition: str) -> set[str]:
    """The rules that functions bear the ids of, those of an edition and those that editions share."""
    others = tuple(f"sandbox.editions.{other}." for other in EDITIONS if other != edition)
    return set(_kept(lambda module: not module.startswith(others)))


def kept_alone(edition: str) -> set[str]:
    """The rules that functions of an edition bear the ids of."""
    return set(_kept(lambda module: module.startswith(f"sandbox.editions.{edition}.")))


def _kept(among: Callable[[str], bool]) -> Iterator[str]:
    for found in pkgutil.walk_packages(sandbox.__path__, "sandbox."):
        if found.name.endswith("__main__") or not among(found.name):
            continue
        module = importlib.import_module(found.name)
        classes = [thing for thing in vars(module).values() if isinstance(thing, type)]
        for holder in (module, *classes):
            ids = (getattr(thing, "rule_id", None) for thing in vars(holder).values())
            yield from (id for id in ids if isinstance(id, str))


KEPT_BY_THE_RECORDS = {"show.full-name"}  # one says it of itself


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_rule_has_a_function_that_bears_its_id(edition: str) -> None:
    assert set(catalogue(edition)) - kept(edition) - KEPT_BY_THE_RECORDS == set()


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_rule_that_a_function_bears_the_id_of_is_in_the_catalogue(edition: str) -> None:
    assert kept_alone(edition) - set(catalogue(edition)) == set()
    assert kept(edition) - {id for each in EDITIONS for id in catalogue(each)} == set()


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_rule_that_can_refuse_is_seen_to_refuse(edition: str) -> None:
    assert refusing(edition) - marked("refuses", edition) == set()
    assert marked("refuses", edition) - refusing(edition) == set()


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_rule_is_seen_to_accept_or_to_do_what_it_says(edition: str) -> None:
    assert set(catalogue(edition)) - marked("accepts", edition) == set()
    assert marked("accepts", edition) - set(catalogue(edition)) == set()


# Rules that the edge keeps itself, or before it is known which world's book is open.
KEPT_BY_THE_EDGE = {
    "auth.token-required",
    "body.attributes",
    "body.size",
    "http.gzip",
    "http.not-modified",
    "method.unknown",
    "never.500",
    "rate.limit",
    "read.cohort-required",
    "read.csv",
    "read.filter-object",
    "read.null-byte",
}


# What Register's actions keep, as it follows from which records they find, or from what else they save.
KEPT_BY_ACTIONS = {
    "id-change",
    "part.effect",
    "path.unknown",
    "read.cohort-filter",
    "read.from-participant-id",
    "read.single-unfiltered",
    "read.sort",
    "sched.history",
    "show.uplifts",
    "status.independent",
    "transfer.declare-after",
    "updated.declaration",
    "updated.delivery-partner",
    "updated.participant",
    "updated.partnership",
    "updated.school",
    "updated.statement",
    "updated.unfunded-mentor",
    "vis.unfunded-mentor",
}
AT_THE_EDGE_OF_REGISTER = {"auth.one-provider", "fragile.updated-since", "rate.limit-address"}
BESIDE_BOOKS = {
    "ecf": KEPT_BY_THE_EDGE,
    "register": KEPT_BY_THE_EDGE | AT_THE_EDGE_OF_REGISTER | KEPT_BY_ACTIONS | KEPT_BY_THE_RECORDS,
}


def in_books(edition: str) -> set[Any]:
    """Every function that a book of an edition holds, whichever part it is in."""
    return {function for book in BOOKS[edition].values() for function in functions_of(book)}


def functions_of(part: Any) -> Iterator[Any]:
    if isinstance(part, msgspec.Struct):
        yield from (found for name in part.__struct_fields__ for found in functions_of(getattr(part, name)))
    elif isinstance(part, tuple):
        yield from (found for each in part for found in functions_of(each))
    elif callable(part):
        yield part


def helped_by(functions: set[Any]) -> set[str]:
    """The names of what such functions call in turn."""
    named = {name for function in functions for name in names_in(getattr(function, "__code__", None))}
    while (
        more := {
            name
            for module in rule_modules()
            for called, value in vars(module).items()
            if called in named
            for name in names_in(getattr(value, "__code__", None))
        }
        - named
    ):
        named |= more
    return named


def names_in(code: CodeType | None) -> set[str]:
    """What a function names, those written inside it too."""
    if code is None:
        return set()
    inner = (constant for constant in code.co_consts if isinstance(constant, CodeType))
    return {*code.co_names, *(name for each in inner for name in names_in(each))}


def rule_modules() -> list[Any]:
    named = (found.name for found in pkgutil.walk_packages(sandbox.__path__, "sandbox."))
    return [importlib.import_module(name) for name in named if ".rules." in name]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_rule_is_kept_by_a_function_that_a_book_holds_or_that_one_of_those_calls(edition: str) -> None:
    held = in_books(edition)
    called = helped_by(held)
    ids = {function.rule_id for function in held if hasattr(function, "rule_id")}
    ids |= {
        value.rule_id
        for module in rule_modules()
        for name, value in vars(module).items()
        if name in called and isinstance(getattr(value, "rule_id", None), str)
    }
    assert set(catalogue(edition)) - ids <= BESIDE_BOOKS[edition]
