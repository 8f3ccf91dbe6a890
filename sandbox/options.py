"""The options of `ecf-sandbox`: what can be said on the command line, in the environment or in a file."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, get_args

import click
from click.core import ParameterSource

from sandbox.command import Option, Read
from sandbox.configuration import CONFIG, read
from sandbox.logs import FORMATS
from sandbox.model import Behaviour
from sandbox.seeding.creation import is_file
from sandbox.seeding.scenarios import scenarios
from sandbox.settings import DEFAULT_PORT, Settings
from sandbox.story import TITLES

if TYPE_CHECKING:
    from sandbox.edition import Defect, Edition

C = TypeVar("C", bound=click.Command)

EDITIONS: Final = ("ecf", "register")
_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_NEAREST: Final = (
    ParameterSource.COMMANDLINE,
    ParameterSource.ENVIRONMENT,
    ParameterSource.DEFAULT_MAP,
    ParameterSource.DEFAULT,
)


def address(command: C) -> C:
    """Have a command take where to serve."""
    return _with(
        command,
        Option("--host", default="127.0.0.1", show_default=True, help="address to listen on"),
        Option(
            "--port",
            type=Read("port", _port),
            default=DEFAULT_PORT,
            show_default=True,
            help="where; 0 takes a free one",
        ),
    )


def kept(command: C) -> C:
    """Have a command take where the data are kept, and the file that says this and more."""
    return _with(
        command,
        Option(
            f"--{CONFIG}",
            metavar="FILE",
            is_eager=True,
            expose_value=False,
            callback=_configure,
            help="TOML with these options in it; ECF_SANDBOX_... of the environment goes first",
        ),
        Option(
            "--data",
            type=click.Path(path_type=Path),
            default=Path(".data"),
            show_default=True,
            metavar="DIR",
            help="folder to keep the data in",
        ),
        Option(
            "--store", type=Read("url", _store), metavar="URL", help="a PostgreSQL database to use in place of a folder"
        ),
    )


def begun_with(command: C) -> C:
    """Have a command take what fresh data are of."""
    return _with(
        command,
        Option(
            "--edition",
            type=click.Choice(EDITIONS),
            help="which service the main world is of: that which ran until 2026 (ecf, the default) or the one after it",
        ),
        Option(
            "--scenario",
            type=Read("scenario", _scenario, lambda: list(scenarios())),
            metavar="NAME",
            help=_scenario_help,
        ),
        Option(
            "--behaviour",
            type=click.Choice(get_args(Behaviour)),
            help="follow the written guidance (documented, the default) or the service as deployed in 2026",
        ),
    )


def served_as(command: C) -> C:
    """Have a command take how it serves."""
    return _with(
        command,
        Option(
            "--workers",
            type=Read("number", _workers),
            default=1,
            show_default=True,
            metavar="N",
            help="how many processes serve; more than one need --store",
        ),
        Option("--rate-limit/--no-rate-limit", default=False, help="allow each token 1,000 requests in five minutes"),
        Option(
            "--control-token",
            metavar="TOKEN",
            help="what the control API asks for; without it, it answers on this machine",
        ),
        Option(
            "--defects",
            type=Read("names", _defect_names, lambda: list(known_defects())),
            default=(),
            metavar="NAME,...",
            help="have it do these things wrongly, for tests to notice; `ecf-sandbox defects` lists them",
        ),
        Option(
            "--log-format",
            type=click.Choice(FORMATS),
            help="log a line for each request on standard error (default: none)",
        ),
        Option(
            "--world-ttl",
            type=Read("time", _span),
            default=timedelta(days=1),
            show_default="1d",
            metavar="TIME",
            help="when a world ends that nobody asks for: 90s, 30m, 12h, 7d; never the main one",
        ),
    )


def told_as_json(command: C) -> C:
    """Have a command say what it found for a program to read."""
    return _with(command, Option("--json", "as_json", is_flag=True, help="say it as JSON, for a program"))


def branched(command: C) -> C:
    """Have a command take a branch of the story."""
    named = ", ".join(f"{name} ({title})" for name, title in TITLES.items())
    return _with(
        command,
        Option(
            "--branch",
            type=click.Choice((*TITLES, "all")),
            metavar="NAME",
            help=f"where it goes another way: {named}; or all, after the twelve steps",
        ),
    )


def settings_of(context: click.Context) -> Settings:
    """What was said. Raises UsageError when both a folder and a database were, on the command line."""
    given = {name: value for name, value in context.params.items() if name in Settings.__struct_fields__}
    data, store = (context.get_parameter_source(name) for name in ("data", "store"))
    if data is store is ParameterSource.COMMANDLINE:
        raise click.UsageError("--store: not allowed with --data", context)
    if data is not None and store is not None:
        outdone = "data" if _NEAREST.index(store) <= _NEAREST.index(data) else "store"
        if ParameterSource.DEFAULT not in (data, store):
            del given[outdone]
    return Settings(**given)


def editions() -> tuple[Edition, ...]:
    """The editions that worlds may be of."""
    # Imported here, so that --version and every mistake on the command line answer at once.
    from sandbox.editions import ALL

    return ALL


def known_defects() -> dict[str, Defect]:
    """Every defect by its name."""
    return {name: defect for edition in editions() for name, defect in edition.defects.items()}


def _with(command: C, *options: Option) -> C:
    """A command with these options before those that it has."""
    command.params[:0] = options
    return command


def _configure(context: click.Context, _parameter: click.Parameter, file: str | None) -> None:
    """Have what a file says stand in place of defaults."""
    if file is not None:
        context.default_map = dict(read(Path(file), Settings.__struct_fields__))


def _scenario_help() -> str:
    named = ", ".join(f"{name} ({scenario.starts_at:%Y-%m-%d})" for name, scenario in scenarios().items())
    return f"what to begin with: {named}, or a file that a world was exported to; default: the edition's first"


def _scenario(text: str) -> str:
    if text not in scenarios() and not is_file(text):
        known = ", ".join(scenarios())
        raise ValueError(f"{text!r} is no scenario: choose one of {known}, or give a .json file")
    return text


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise ValueError(f"{text!r} is no port: give a number from 0 to 65535")
    return int(text)


def _workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise ValueError(f"{text!r} is no number of processes: give one from 1 to 64")
    return int(text)


def _span(text: str) -> timedelta:
    number, unit = text[:-1], text[-1:]
    if unit not in _UNITS or not number.isdecimal() or not 1 <= int(number) * _UNITS[unit] <= _UNITS["d"] * 36500:
        raise ValueError(f"{text!r} is no time: give one such as 90s, 30m, 12h or 7d")
    return timedelta(seconds=int(number) * _UNITS[unit])


def _store(text: str) -> str:
    if not text.startswith(("postgresql://", "postgres://")):
        raise ValueError("give the address of a PostgreSQL database: postgresql://user@host/database")
    return text


def _defect_names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    known = known_defects()
    for name in names:
        if name not in known:
            raise ValueError(f"there is no defect {name!r}: choose from {', '.join(known)}")
    return names
