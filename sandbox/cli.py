"""The command `ecf-sandbox`."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from sandbox import __version__
from sandbox.banner import banner
from sandbox.clock import wall_clock
from sandbox.model import Behaviour
from sandbox.opening import WrongScenario, opened, place, reset
from sandbox.seeding.creation import Creation, is_file
from sandbox.seeding.files import SeedProblem
from sandbox.seeding.scenarios import scenarios
from sandbox.settings import DEFAULT_PORT, Settings
from sandbox.store.protocol import StoreProblem
from sandbox.story import TITLES
from sandbox.workers import work_together

EDITIONS = ("ecf", "register")

if TYPE_CHECKING:
    from sandbox.edition import Defect, Edition


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command. Returns its exit status: 0, or 1 with a sentence on standard error."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.command == "demo":
        return _demo(given.branch)
    settings = Settings(**{name: value for name, value in vars(given).items() if name != "command"})
    if settings.workers > 1 and settings.store is None:
        parser.error("--workers needs --store: a folder is kept by one process")
    if settings.workers > 1 and not hasattr(os, "fork"):
        parser.error("--workers needs a system on which processes can divide, such as Linux or macOS")
    try:
        if given.command == "reset":
            return _reset(settings)
        if given.command == "defects":
            return _defects()
        return _serve(settings)
    except (StoreProblem, SeedProblem, WrongScenario, ChildProcessError) as problem:
        print(f"ecf-sandbox: {problem}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ecf-sandbox", description="A stand-in for the DfE's early career framework API for lead providers."
    )
    parser.add_argument("--version", action="version", version=f"ecf-sandbox {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve the API until interrupted", description="Serve the API.")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    serve.add_argument("--port", type=_port, default=DEFAULT_PORT, help="default: %(default)s; 0 takes a free one")
    serve.add_argument(
        "--workers", type=_workers, default=1, metavar="N", help="how many processes serve; more than one need --store"
    )
    serve.add_argument("--rate-limit", action="store_true", help="allow each token 1,000 requests in five minutes")
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
    commands.add_parser("defects", help="list what it can do wrongly", description="List the defects to choose from.")
    begin_again = commands.add_parser(
        "reset", help="bring the seed data back", description="Put fresh seed data in place of everything."
    )
    demo = commands.add_parser(
        "demo",
        help="play the twelve steps of an ECT's training",
        description="Play the twelve steps of an ECT's training against a sandbox in memory, with every request.",
    )
    demo.add_argument("--branch", choices=(*TITLES, "all"), metavar="NAME", help=_branch_help())
    for command in (serve, begin_again):
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


def _store(text: str) -> str:
    if not text.startswith(("postgresql://", "postgres://")):
        raise argparse.ArgumentTypeError("give the address of a PostgreSQL database: postgresql://user@host/database")
    return text


def _defect_names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    known = _known_defects()
    for name in names:
        if name not in known:
            raise argparse.ArgumentTypeError(f"there is no defect {name!r}: choose from {', '.join(known)}")
    return names


def _editions() -> tuple[Edition, ...]:
    # Imported here, so that --version and every mistake on the command line answer at once.
    from sandbox.editions import ALL

    return ALL


def _known_defects() -> dict[str, Defect]:
    return {name: defect for edition in _editions() for name, defect in edition.defects.items()}


def _defects() -> int:
    known = _known_defects().values()
    rows = [("NAME", "BREAKS", "WHAT IT DOES"), *((defect.name, defect.breaks, defect.about) for defect in known)]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for name, breaks, about in rows:
        print(f"{name.ljust(widths[0])}  {breaks.ljust(widths[1])}  {about}")
    return 0


def _demo(branch: str | None) -> int:
    from sandbox.story.demo import demo

    return demo(branch)


def _reset(settings: Settings) -> int:
    world = reset(settings, Creation(_editions()), wall_clock())
    begins = f"{world.starts_at:%A %-d %B %Y, %H:%M} UTC"
    print(f"{place(settings)} holds fresh seeds of the scenario {world.scenario!r}; its clock starts on {begins}.")
    return 0


def _serve(settings: Settings) -> int:
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        listening = socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        print(
            f"ecf-sandbox: {settings.host}:{settings.port} cannot be listened on: {error.strerror}. "
            "Choose another --host or --port.",
            file=sys.stderr,
        )
        return 1
    creation = Creation(_editions())
    with listening, opened(settings, creation, wall_clock()) as store:
        # Imported here, as it takes its time.
        warnings.filterwarnings("ignore", module="connexion")  # what it deprecates is not ours to mend
        from sandbox.app import build_app
        from sandbox.serving import allow_connections, server_of
        from sandbox.worlds.worlds import Worlds

        allow_connections()
        worlds = Worlds(store, creation, wall_clock, processes=settings.workers, of_each=True)
        worlds.main.limit_rate(settings.rate_limit)
        worlds.main.give_defects(settings.defects)
        app = build_app(worlds, control_token=settings.control_token, host=settings.host)
        signal.signal(signal.SIGTERM, _stop)
        shared = settings.store is not None
        now, world = worlds.main.now(), worlds.main.record
        print(banner(listening.getsockname(), now, world, worlds.standing, settings.defects, shared=shared), flush=True)
        with suppress(KeyboardInterrupt):
            if settings.workers == 1:
                server_of(app).run(sockets=[listening])
            else:
                store.disconnect()
                work_together(settings.workers, lambda: server_of(app).run(sockets=[listening]))
    return 0


def _stop(*_: Any) -> None:
    """End by leaving the `with` above, so that the store closes its files: uvicorn passes the signal on at its end."""
    raise SystemExit(0)
