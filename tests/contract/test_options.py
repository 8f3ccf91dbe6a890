"""An option has one place, RunConfig: from there the command has it, pytest, and the process that tells scenarios."""

from __future__ import annotations

import argparse
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, cast

import click
import pytest

import contract_tests
from contract_tests import cli
from contract_tests.config import OPTIONS, RunConfig, run_config
from contract_tests.handover import from_both, to_environment, to_json
from contract_tests.options import add_options, run_config_of

# How each option may be written, and what that means.
WRITTEN: dict[str, tuple[str, Any]] = {
    "base_url": ("https://api.example/", "https://api.example"),
    "token": ("abc", "abc"),
    "token_of_another": ("abc", "abc"),
    "edition": ("register", "register"),
    "versions": ("v2", ("v2",)),
    "behaviour": ("deployed", "deployed"),
    "read_only": ("", True),
    "allow_writes": ("", True),
    "production": ("", True),
    "rate": ("180/m", 3.0),
    "max_time": ("2m", 120.0),
    "strict": ("", True),
    "min_coverage": ("rules=90%,operations=100%", {"rules": 0.9, "operations": 1.0}),
    "seed": ("7", 7),
    "examples": ("3", 3),
    "rules": ("decl.*", ("decl.*",)),
    "operations": ("list_*", ("list_*",)),
    "headers": ("X-Api-Key: 1", {"X-Api-Key": "1"}),
    "workers": ("1", 1),
    "control_token": ("abc", "abc"),
    "defects": ("one,two", ("one", "two")),
    "against": ("https://other.example", "https://other.example"),
    "token2": ("abc", "abc"),
    "report": ("report", Path("report")),
    "show_personal_data": ("", True),
    "as_json": ("", True),
}


@pytest.fixture(autouse=True)
def _no_secrets_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for option in OPTIONS.values():
        monkeypatch.delenv(option.outside, raising=False)


each_option = pytest.mark.parametrize("name", OPTIONS)


def written(flag: str, name: str) -> list[str]:
    text, _ = WRITTEN[name]
    return [flag, text] if text else [flag]


def line(*arguments: str) -> dict[str, Any]:
    """What the command is told by a line."""
    return cli.VERIFY.make_context("verify", list(arguments)).params


class Pytest:
    """As much of pytest as takes options and tells them."""

    def __init__(self, *arguments: str) -> None:
        self._parser = argparse.ArgumentParser()
        self._dests: dict[str, str] = {}
        add_options(cast(pytest.Parser, self))
        self._given = vars(self._parser.parse_args(arguments))

    def getgroup(self, *_: str) -> Pytest:
        return self

    def addoption(self, flag: str, **how: Any) -> None:
        self._dests[flag] = self._parser.add_argument(flag, **how).dest

    def getoption(self, flag: str) -> Any:
        return self._given[self._dests[flag]]


def test_every_field_is_an_option() -> None:
    assert {each.name for each in fields(RunConfig)} == set(OPTIONS) == set(WRITTEN)


@each_option
def test_the_command_has_it(name: str) -> None:
    given = line(*written(OPTIONS[name].flag, name))
    assert run_config(given, {}) == replace(RunConfig(), **{name: WRITTEN[name][1]})


@each_option
def test_the_environment_has_it(name: str) -> None:
    option, (text, means) = OPTIONS[name], WRITTEN[name]
    assert run_config({}, {option.outside: text or "true"}) == replace(RunConfig(), **{name: means})
    assert run_config({}, {option.outside: ""}) == RunConfig()


def test_the_command_line_goes_before_the_environment() -> None:
    outside = {OPTIONS["rules"].outside: "part.* decl.*", OPTIONS["seed"].outside: "3", "ECF_HEADERS": "X-A: 1"}
    assert run_config({}, outside).rules == ("part.*", "decl.*")
    config = run_config(line("--rules", "status.*", "--seed", "4", "--header", "X-B: 2"), outside)
    assert (config.rules, config.seed, config.headers) == (("status.*",), 4, {"X-A": "1", "X-B": "2"})


def test_a_value_that_is_none_of_the_choices_is_refused_in_the_environment_too() -> None:
    with pytest.raises(ValueError, match="--behaviour: 'x' is none of documented, deployed"):
        run_config({}, {OPTIONS["behaviour"].outside: "x"})
    with pytest.raises(ValueError, match="--strict: 'x' is no answer"):
        run_config({}, {OPTIONS["strict"].outside: "x"})


def test_several_values_may_follow_one_flag() -> None:
    given = line("--rules", "decl.*", "part.*", "--strict", "--rules=status.*", "--version", "v1", "v3")
    assert given["rules"] == ("decl.*", "part.*", "status.*")
    assert given["versions"] == ("v1", "v3")
    assert given["strict"] is True
    for wrong in (["--rules"], ["--rules", "--strict"], ["decl.*", "--strict"]):
        with pytest.raises(click.UsageError):
            line(*wrong)


@pytest.mark.parametrize("name", [name for name, option in OPTIONS.items() if option.in_pytest])
def test_pytest_has_it(name: str) -> None:
    option = OPTIONS[name]
    told = Pytest(*written(option.pytest_flag or option.flag, name))
    assert run_config_of(cast(pytest.Config, told)) == replace(RunConfig(), **{name: WRITTEN[name][1]})


def test_pytest_lacks_only_what_is_about_more_than_one_process() -> None:
    lacking = {name for name, option in OPTIONS.items() if not option.in_pytest}
    of_the_verdict = {"strict", "min_coverage", "report", "show_personal_data", "as_json"}
    assert lacking == {"workers", "against", "token2"} | of_the_verdict


@each_option
def test_it_reaches_the_process_that_tells_scenarios(name: str) -> None:
    config = replace(RunConfig(), **{name: WRITTEN[name][1]})
    assert from_both(to_json(config), to_environment(config)) == config


@pytest.mark.parametrize("name", [name for name, option in OPTIONS.items() if option.variable])
def test_a_secret_is_in_the_environment_and_not_in_the_file(name: str) -> None:
    config = replace(RunConfig(), **{name: WRITTEN[name][1]})
    assert name not in to_json(config).decode()
    assert to_environment(config)[OPTIONS[name].variable] == WRITTEN[name][0]
    assert run_config({}, to_environment(config)) == config


@each_option
def test_it_is_spelled_once(name: str) -> None:
    package = Path(contract_tests.__file__).parent
    spelled = re.compile(rf'"({OPTIONS[name].flag}|{OPTIONS[name].pytest_flag or OPTIONS[name].flag})"')
    places = {file.name for file in package.rglob("*.py") if spelled.search(file.read_text())}
    of_other_commands = {"mutants.py", "schemathesis_baseline.py"} | ({"cli.py"} if name == "versions" else set())
    assert places - of_other_commands == {"config.py"}


def test_what_may_write_and_what_may_only_read_exclude_each_other() -> None:
    with pytest.raises(ValueError, match="--allow-writes: not allowed with --read-only"):
        run_config({"read_only": True, "allow_writes": True}, {})


def test_of_several_versions_the_command_takes_the_last_and_pytest_all() -> None:
    """As an action's `version` comes before its other options."""
    given = line("--version", "all", "--version", "v1")
    assert run_config(given, {}).versions == ("v1",)
    told = Pytest("--api-version", "v3", "--api-version", "v1")
    assert run_config_of(cast(pytest.Config, told)).versions == ("v1", "v3")
