"""What pytest is told: the options of a run, or the file that holds them all, and which part of it a process has."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from contract_tests.config import OPTIONS, RunConfig, run_config
from contract_tests.documents import VERSIONS
from contract_tests.handover import from_both
from contract_tests.option import Option
from contract_tests.part import SHARES


def add_options(parser: pytest.Parser) -> None:
    """Have pytest take the options of the contract tests."""
    group = parser.getgroup("contract", "the contract of the ECF lead provider API")
    for name, option in OPTIONS.items():
        if option.in_pytest:
            _add(group, option.pytest_flag or option.flag, f"contract_{name}", option)
    group.addoption("--run-config", type=Path, metavar="FILE", help="where all of these are written down instead")
    group.addoption("--assignment", type=Path, metavar="FILE", help="where a process of a run is told its part")
    group.addoption("--only-version", choices=VERSIONS, help="only scenarios of it; with the last, those of no version")
    group.addoption("--only-share", choices=SHARES, help="only what is by hand, or what is made up at random")
    group.addoption("--part", type=Path, metavar="FILE", help="where to write down what happens, line by line")


def _add(group: pytest.OptionGroup, flag: str, dest: str, option: Option) -> None:
    how: dict[str, Any] = {"action": "store_true"}
    if not option.is_switch:
        how = {"action": "store" if option.gather is None else "append", "metavar": option.metavar}
        how |= {"choices": option.choices} if option.choices else {}
    try:
        group.addoption(flag, dest=dest, default=None, help=option.help.replace("%", "%%"), **how)
    except ValueError:
        if not option.taken:
            raise


def run_config_of(config: pytest.Config) -> RunConfig:
    """The run that pytest is told of. Raises UsageError."""
    file = config.getoption("--run-config")
    try:
        if file is not None:
            return from_both(file.read_bytes(), os.environ)
        known = {name: option.pytest_flag or option.flag for name, option in OPTIONS.items() if option.in_pytest}
        return run_config({name: config.getoption(flag) for name, flag in known.items()}, os.environ)
    except ValueError as problem:
        raise pytest.UsageError(str(problem)) from problem
