"""The command line of `ecf-sandbox`: what can be said on it, and elsewhere in its place."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from sandbox import __version__
from sandbox.configuration import CONFIG
from sandbox.configuration import arguments as configured
from sandbox.logs import FORMATS
from sandbox.model import Behaviour
from sandbox.seeding.creation import is_file
from sandbox.seeding.scenarios import scenarios
from sandbox.settings import DEFAULT_PORT
from sandbox.story import TITLES

if TYPE_CHECKING:
    from sandbox.edition import Defect, Edition

EDITIONS: Final = ("ecf", "register")
SERVE: Final = "serve"
RESET: Final = "reset"
_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def with_what_is_set(
    parser: argparse.ArgumentParser, arguments: Sequence[str], environment: Mapping[str, str] = os.environ
) -> list[str]:
    """The arguments, and before them what a file and the environment say of the same command. Raises WrongSetting."""
    given = parser.parse_args(arguments)
    if not hasattr(given, CONFIG):
        return list(arguments)
    (commands,) = (action.choices for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    everywhere = [action for name in (SERVE, RESET) for action in commands[name]._actions]
    actions = [action for action in commands[given.command]._actions if action.dest not in ("help", CONFIG)]
    said = {
        action.dest: getattr(given, action.dest)
        for action in actions
        if any(text.partition("=")[0] in action.option_strings for text in arguments)
    }
    outside = configured(
        {CONFIG: given.config, **said},
        {action.dest: action.nargs == 0 for action in actions},
        {action.dest for action in everywhere} - {"help", CONFIG},
        environment,
    )
    at = arguments.index(given.command) + 1
    return [*arguments[:at], *outside, *arguments[at:]]


def parser() -> argparse.ArgumentParser:
    """What reads the command line."""
    parser = argparse.ArgumentParser(
        prog="ecf-sandbox", description="A stand-in for the DfE's early career framework API for lead providers."
    )
    parser.add_argument("--version", action="version", version=f"ecf-sandbox {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser(SERVE, help="serve the API until interrupted", description="Serve the API.")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    serve.add_argument("--port", type=_port, default=DEFAULT_PORT, help="default: %(default)s; 0 takes a free one")
    serve.add_argument(
        "--workers", type=_workers, default=1, metavar="N", help="how many processes serve; more than one need --store"
    )
    serve.add_argument(
        "--rate-limit",
        action=argparse.BooleanOptionalAction,
        default=False,
        help="allow each token 1,000 requests in five minutes",
    )
    serve.add_argument(
        "--control-token", metavar="TOKEN", help="what the control API asks for; without it, it answers on this machine"
    )
    serve.add_argument(
        "--defects",
        type=_defect_names,
        default=(),
        metavar="NAME,…",
        help="have it do these things wrongly, for tests to notice; `ecf-sandbox defects` lists them",
    )
    serve.add_argument(
        "--log-format", choices=FORMATS, help="log a line for each request on standard error (default: none)"
    )
    serve.add_argument(
        "--world-ttl",
        type=_span,
        default=timedelta(days=1),
        metavar="TIME",
        help="when a world ends that nobody asks for: 90s, 30m, 12h, 7d (default: 1d); never the main one",
    )
    commands.add_parser("defects", help="list what it can do wrongly", description="List the defects to choose from.")
    begin_again = commands.add_parser(
        RESET, help="bring the seed data back", description="Put fresh seed data in place of everything."
    )
    demo = commands.add_parser(
        "demo",
        help="play the twelve steps of an ECT's training",
        description="Play the twelve steps of an ECT's training against a sandbox in memory, with every request.",
    )
    demo.add_argument("--branch", choices=(*TITLES, "all"), metavar="NAME", help=_branch_help())
    carrying = commands.add_parser(
        "migrate",
        help="carry a world of ECF over into Register",
        description="Make a world of Register from an exported world of ECF, as the DfE moved the service's data.",
    )
    carrying.add_argument(
        "--from",
        dest="source",
        type=Path,
        required=True,
        metavar="FILE",
        help="what GET /sandbox/worlds/ID/export gave",
    )
    carrying.add_argument(
        "--to",
        dest="target",
        type=Path,
        default=Path("register-world.json"),
        metavar="FILE",
        help="default: %(default)s",
    )
    carrying.add_argument("--json", dest="as_json", action="store_true", help="tell what came over as JSON")
    for command in (serve, begin_again):
        command.add_argument(
            f"--{CONFIG}",
            metavar="FILE",
            help="TOML with these options in it; ECF_SANDBOX_… of the environment goes first",
        )
        kept = command.add_mutually_exclusive_group()
        kept.add_argument("--data", type=Path, default=Path(".data"), metavar="DIR", help="default: %(default)s")
        kept.add_argument(
            "--store", type=_store, metavar="URL", help="a PostgreSQL database to use in place of a folder"
        )
        command.add_argument(
            "--edition",
            choices=EDITIONS,
            help="which service the main world is of: that which ran until 2026 (ecf, the default) or the one after it",
        )
        command.add_argument("--scenario", type=_scenario, metavar="NAME", help=_scenario_help())
        command.add_argument(
            "--behaviour",
            choices=get_args(Behaviour),
            help="follow the written guidance (documented, the default) or the service as deployed in 2026",
        )
    return parser


def _scenario_help() -> str:
    named = ", ".join(f"{name} ({scenario.starts_at:%Y-%m-%d})" for name, scenario in scenarios().items())
    return f"what to begin with: {named}, or a file that a world was exported to; default: the edition's first"


def _scenario(text: str) -> str:
    if text not in scenarios() and not is_file(text):
        known = ", ".join(scenarios())
        raise argparse.ArgumentTypeError(f"{text!r} is no scenario: choose one of {known}, or give a .json file")
    return text


def _branch_help() -> str:
    named = ", ".join(f"{name} ({title})" for name, title in TITLES.items())
    return f"where it goes another way: {named}; or all, after the twelve steps"


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: give a number from 0 to 65535")
    return int(text)


def _workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes: give one from 1 to 64")
    return int(text)


def _span(text: str) -> timedelta:
    number, unit = text[:-1], text[-1:]
    if unit not in _UNITS or not number.isdecimal() or not 1 <= int(number) * _UNITS[unit] <= _UNITS["d"] * 36500:
        raise argparse.ArgumentTypeError(f"{text!r} is no time: give one such as 90s, 30m, 12h or 7d")
    return timedelta(seconds=int(number) * _UNITS[unit])


def _store(text: str) -> str:
    if not text.startswith(("postgresql://", "postgres://")):
        raise argparse.ArgumentTypeError("give the address of a PostgreSQL database: postgresql://user@host/database")
    return text


def _defect_names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    known = known_defects()
    for name in names:
        if name not in known:
            raise argparse.ArgumentTypeError(f"there is no defect {name!r}: choose from {', '.join(known)}")
    return names


def editions() -> tuple[Edition, ...]:
    """The editions that worlds may be of."""
    # Imported here, so that --version and every mistake on the command line answer at once.
    from sandbox.editions import ALL

    return ALL


def known_defects() -> dict[str, Defect]:
    """Every defect by its name."""
    return {name: defect for edition in editions() for name, defect in edition.defects.items()}
