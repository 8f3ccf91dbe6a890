"""What is set outside the command line: in a file of TOML, and in the environment."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

import click

PREFIX: Final = "ECF_SANDBOX_"
CONFIG: Final = "config"
ONE_OF: Final = frozenset({"data", "store"})
"""Of these the one that is said last counts, wherever the other was said."""


class WrongSetting(click.UsageError):
    """Something is set that is no setting, or to what is no value."""


def variable(name: str) -> str:
    """The name of an option in the environment."""
    return f"{PREFIX}{name.upper()}"


def read(path: Path, known: Collection[str]) -> Mapping[str, str]:
    """The settings in a file, as they would be written on the command line.

    Names are those of `known` options, with `-` or `_`. Raises WrongSetting.
    """
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise WrongSetting(f"{path} could not be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongSetting(f"{path} is no TOML: {error}.") from error
    found = dict(_setting(path, key, value, known) for key, value in content.items())
    outdone = [name for name in found if name in ONE_OF][:-1]
    return {name: value for name, value in found.items() if name not in outdone}


def _setting(path: Path, key: str, value: Any, known: Collection[str]) -> tuple[str, str]:
    name = key.replace("-", "_")
    if name not in known:
        raise WrongSetting(f"{path} sets {key}, which is no setting. There are: {', '.join(sorted(known))}.")
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = ",".join(value)
    if not isinstance(value, (str, int, float)):
        raise WrongSetting(f"{path} sets {key} to what is no value: give text, a number, true or false.")
    return name, str(value)
