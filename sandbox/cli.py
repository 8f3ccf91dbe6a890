"""The command `ecf-sandbox`."""

from __future__ import annotations

import os
import signal
import socket
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from sandbox.banner import banner
from sandbox.clock import wall_clock
from sandbox.configuration import CONFIG, WrongSetting
from sandbox.logs import log_to_standard_error, printable
from sandbox.opening import WrongScenario, opened, place, reset
from sandbox.options import editions, known_defects, parser, with_what_is_set
from sandbox.seeding.creation import Creation
from sandbox.seeding.files import SeedProblem
from sandbox.settings import Settings
from sandbox.store.protocol import StoreProblem
from sandbox.workers import work_together


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command. Returns its exit status: 0, or 1 with a sentence on standard error."""
    reader = parser()
    try:
        given = reader.parse_args(with_what_is_set(reader, sys.argv[1:] if arguments is None else arguments))
    except WrongSetting as problem:
        reader.error(str(problem))
    if given.command == "demo":
        return _demo(given.branch)
    settings = Settings(**{name: value for name, value in vars(given).items() if name not in ("command", CONFIG)})
    if settings.workers > 1 and settings.store is None:
        reader.error("--workers needs --store: a folder is kept by one process")
    if settings.workers > 1 and not hasattr(os, "fork"):
        reader.error("--workers needs a system on which processes can divide, such as Linux or macOS")
    try:
        if given.command == "reset":
            return _reset(settings)
        if given.command == "defects":
            return _defects()
        return _serve(settings)
    except (StoreProblem, SeedProblem, WrongScenario, ChildProcessError) as problem:
        print(f"ecf-sandbox: {printable(str(problem))}", file=sys.stderr)
        return 1


def _defects() -> int:
    known = known_defects().values()
    rows = [("NAME", "BREAKS", "WHAT IT DOES"), *((defect.name, defect.breaks, defect.about) for defect in known)]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for name, breaks, about in rows:
        print(f"{name.ljust(widths[0])}  {breaks.ljust(widths[1])}  {about}")
    return 0


def _demo(branch: str | None) -> int:
    from sandbox.story.demo import demo

    return demo(branch)


def _reset(settings: Settings) -> int:
    world = reset(settings, Creation(editions()), wall_clock())
    where, begins = printable(place(settings)), f"{world.starts_at:%A %-d %B %Y, %H:%M} UTC"
    print(f"{where} holds fresh seeds of the scenario {world.scenario!r}; its clock starts on {begins}.")
    return 0


def _serve(settings: Settings) -> int:
    try:
        listening = _listening(settings.host, settings.port)
    except OSError as error:
        print(
            f"ecf-sandbox: {printable(settings.host)}:{settings.port} cannot be listened on: {error.strerror}. "
            "Choose another --host or --port.",
            file=sys.stderr,
        )
        return 1
    creation = Creation(editions())
    with listening, opened(settings, creation, wall_clock()) as store:
        # Imported here, as it takes its time.
        warnings.filterwarnings("ignore", module="connexion")  # what it deprecates is not ours to mend
        from sandbox.app import build_app
        from sandbox.serving import allow_connections, server_of
        from sandbox.worlds.worlds import Worlds

        log_to_standard_error(settings.log_format)
        allow_connections()
        shelf = None
        if settings.store is not None:
            from sandbox.shared.shelf import SharedShelf

            shelf = SharedShelf(settings.store, settings.world_ttl, wall_clock)
        worlds = Worlds(
            store,
            creation,
            wall_clock,
            shelf=shelf,
            of_each=True,
            longest_idle=settings.world_ttl,
        )
        worlds.main.begin(rate_limit=settings.rate_limit, defects=settings.defects)
        app = build_app(worlds, control_token=settings.control_token, host=settings.host)
        signal.signal(signal.SIGTERM, _stop)
        print(banner(listening.getsockname(), worlds, shared=settings.store is not None), flush=True)
        with suppress(KeyboardInterrupt):
            if settings.workers == 1:
                server_of(app).run(sockets=[listening])
            else:
                worlds.disconnect()
                work_together(settings.workers, lambda: server_of(app).run(sockets=[listening]))
    return 0


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens on an address; on all of them, IPv4's too, for `::`. Raises OSError."""
    if ":" not in host:
        return socket.create_server((host, port))
    both = host == "::" and socket.has_dualstack_ipv6()
    return socket.create_server((host, port), family=socket.AF_INET6, dualstack_ipv6=both)


def _stop(*_: Any) -> None:
    """End by leaving the `with` above, so that the store closes its files: uvicorn passes the signal on at its end."""
    raise SystemExit(0)
