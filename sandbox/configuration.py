"""What is set outside the command line: in a file of TOML, and in the environment."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

PREFIX: Final = "ECF_SANDBOX_"
CONFIG: Final = "config"
ONE_OF: Final = frozenset({"data", "store"})
"""Of these the one that is said last counts, wherever the other was said."""
_TRUTHS: Final = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False, "": False}


class WrongSetting(Exception):
    """Something is set that is no setting, or to what is no value."""


def arguments(
    given: Mapping[str, Any], options: Mapping[str, bool], known: Collection[str], environment: Mapping[str, str]
) -> list[str]:
    """What the file and the environment say, as the command line has it, to stand before what that says.

    `options` are those of a command by their names in a file, such as `control_token`, with whether they are switches,
    which take no value; `known` are those of every command, which a file may serve at once. `given` is what was said on
    the command line. Raises WrongSetting.
    """
    path = given.get(CONFIG) or environment.get(_variable(CONFIG))
    said = [*(_read(Path(path), known) if path else ())]
    said += [(name, environment[_variable(name)]) for name in options if _variable(name) in environment]
    last = [name for name in [*(name for name, _ in said), *given] if name in ONE_OF][-1:]
    return [
        argument
        for name, value in said
        if name in options and (name not in ONE_OF or (name in last and name not in given))
        for argument in _argument(name, value, options[name])
    ]


def _variable(name: str) -> str:
    return f"{PREFIX}{name.upper()}"


def _read(path: Path, known: Collection[str]) -> Iterator[tuple[str, Any]]:
    """The settings in a file."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise WrongSetting(f"{path} could not be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongSetting(f"{path} is no TOML: {error}.") from error
    for key, value in content.items():
        name = key.replace("-", "_")
        if name not in known:
            raise WrongSetting(f"{path} sets {key}, which is no setting. There are: {', '.join(sorted(known))}.")
        if isinstance(value, (dict, list)) and not (isinstance(value, list) and all(isinstance(v, str) for v in value)):
            raise WrongSetting(f"{path} sets {key} to what is no value: give text, a number, true or false.")
        yield name, ",".join(value) if isinstance(value, list) else value


def _argument(name: str, value: Any, is_switch: bool) -> list[str]:
    option = f"--{name.replace('_', '-')}"
    if not is_switch:
        return [f"{option}={value}"]
    truth = _TRUTHS.get(str(value).strip().lower())
    if truth is None:
        raise WrongSetting(f"{name} is set to {value!r}: give true or false.")
    return [option] if truth else [option.replace("--", "--no-", 1)]
