"""The command `ecf-sandbox`."""

from __future__ import annotations

import json
import os
import signal
import sys
import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import click

from sandbox import __version__, options
from sandbox.banner import banner, day
from sandbox.clock import wall_clock
from sandbox.command import SETTINGS, Command, Group, run
from sandbox.commands.migrate import migrate_command
from sandbox.commands.readiness import readiness_command
from sandbox.listening import listening
from sandbox.logs import log_to_standard_error, printable
from sandbox.opening import WrongScenario, opened, place, reset
from sandbox.seeding.creation import Creation
from sandbox.seeding.files import SeedProblem
from sandbox.settings import Settings
from sandbox.store.protocol import StoreProblem
from sandbox.terminal import say_what_can_be_said
from sandbox.workers import counting_together, work_together


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command. Returns its exit status: 0, 1 with a sentence on standard error, 2 for a mistake on the line."""
    say_what_can_be_said()
    try:
        return run(ecf_sandbox, arguments)
    except (StoreProblem, SeedProblem, WrongScenario, ChildProcessError) as problem:
        print(f"ecf-sandbox: {printable(str(problem))}", file=sys.stderr)
        return 1


@click.group(
    "ecf-sandbox",
    cls=Group,
    first="serve",
    elsewhere={"verify": "ecf-contract verify"},
    context_settings=dict(SETTINGS),
    no_args_is_help=False,
)
@click.version_option(__version__, prog_name="ecf-sandbox", message="%(prog)s %(version)s")
def ecf_sandbox() -> None:
    """A stand-in for the DfE's early career framework API for lead providers."""


ecf_sandbox.add_command(migrate_command)
ecf_sandbox.add_command(readiness_command)


@options.address
@options.kept
@options.begun_with
@options.served_as
@ecf_sandbox.command(
    "serve",
    cls=Command,
    short_help="serve the API until interrupted",
    examples=(
        "ecf-sandbox serve",
        "ecf-sandbox serve --port 9000 --data mine --scenario first-cohort",
        "ecf-sandbox serve --edition register --behaviour deployed --rate-limit",
        "ECF_SANDBOX_CONTROL_TOKEN=... ecf-sandbox serve --host 0.0.0.0 --log-format json",
        "ecf-sandbox serve --store postgresql://ecf@db.example/ecf --workers 4",
    ),
)
@click.pass_context
def _serve_command(context: click.Context, /, **_: Any) -> int:
    """Serve the API until interrupted."""
    settings = options.settings_of(context)
    if settings.workers > 1 and settings.store is None:
        raise click.UsageError("--workers needs --store: a folder is kept by one process", context)
    if settings.workers > 1 and not hasattr(os, "fork"):
        raise click.UsageError(
            "--workers needs a system on which processes can divide, such as Linux or macOS", context
        )
    return _serve(settings)


@options.kept
@options.begun_with
@options.told_as_json
@ecf_sandbox.command(
    "reset",
    cls=Command,
    short_help="bring the seed data back",
    examples=("ecf-sandbox reset", "ecf-sandbox reset --data mine --scenario first-cohort --json"),
)
@click.pass_context
def _reset_command(context: click.Context, /, as_json: bool, **_: Any) -> None:
    """Put fresh seed data in place of everything."""
    settings = options.settings_of(context)
    world = reset(settings, Creation(options.editions()), wall_clock())
    where = printable(place(settings))
    if as_json:
        _say(
            {
                "place": str(settings.data) if settings.store is None else "database",
                "edition": world.edition,
                "scenario": world.scenario,
                "behaviour": world.behaviour,
                "starts_at": f"{world.starts_at:%Y-%m-%dT%H:%M:%SZ}",
            }
        )
    else:
        begins = day(world.starts_at)
        print(f"{where} holds fresh seeds of the scenario {world.scenario!r}; its clock starts on {begins}.")


@options.branched
@options.told_as_json
@ecf_sandbox.command(
    "demo",
    cls=Command,
    short_help="play the twelve steps of an ECT's training",
    examples=("ecf-sandbox demo", "ecf-sandbox demo --branch clawback", "ecf-sandbox demo --branch all --json"),
)
def _demo_command(branch: str | None, as_json: bool) -> int:
    """Play the twelve steps of an ECT's training against a sandbox in memory, with every request."""
    from sandbox.story.demo import demo

    return demo(branch, as_json=as_json)


@options.told_as_json
@ecf_sandbox.command(
    "defects",
    cls=Command,
    short_help="list what it can do wrongly",
    examples=("ecf-sandbox defects", "ecf-sandbox defects --json"),
)
def _defects_command(as_json: bool) -> None:
    """List the defects to choose from."""
    known = options.known_defects().values()
    if as_json:
        _say({"defects": [{"name": each.name, "breaks": each.breaks, "about": each.about} for each in known]})
        return
    rows = [("NAME", "BREAKS", "WHAT IT DOES"), *((defect.name, defect.breaks, defect.about) for defect in known)]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for name, breaks, about in rows:
        print(f"{name.ljust(widths[0])}  {breaks.ljust(widths[1])}  {about}")


@options.address
@options.kept
@options.told_as_json
@ecf_sandbox.command(
    "doctor",
    cls=Command,
    short_help="say what keeps it from serving, and how to mend it",
    examples=(
        "ecf-sandbox doctor",
        "ecf-sandbox doctor --port 9000 --data mine",
        "ecf-sandbox doctor --store postgresql://ecf@db.example/ecf --json",
    ),
)
@click.pass_context
def _doctor_command(context: click.Context, /, as_json: bool, **_: Any) -> int:
    """Say what would keep `serve` with the same options from serving, and how to mend it. Nothing is changed.

    Exit status: 0 nothing does, 1 something does.
    """
    from sandbox.doctor import examined, told

    findings = examined(options.settings_of(context))
    is_well = not any(finding.is_wrong for finding in findings)
    if as_json:
        _say({"well": is_well, "findings": [finding.as_json() for finding in findings]})
    else:
        print(told(findings))
    return 0 if is_well else 1


@ecf_sandbox.command(
    "completion",
    cls=Command,
    short_help="print what completes commands and options in your shell",
    examples=(
        'eval "$(ecf-sandbox completion bash)"      # in ~/.bashrc; likewise zsh in ~/.zshrc',
        "ecf-sandbox completion fish > ~/.config/fish/completions/ecf-sandbox.fish",
    ),
)
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def _completion_command(shell: str) -> None:
    """Print a script that has a SHELL complete the commands, their options, and the values of these."""
    from click.shell_completion import get_completion_class

    script = get_completion_class(shell)
    assert script is not None
    source = script(ecf_sandbox, {}, "ecf-sandbox", "_ECF_SANDBOX_COMPLETE").source()
    # What stands beside a value in fish has commas of its own, at which click would cut it off.
    print(source.replace('string split ","', 'string split --max 1 ","'))


def _say(found: Mapping[str, Any]) -> None:
    """Print JSON that every terminal can show."""
    print(json.dumps(found, indent=2))


def _serve(settings: Settings) -> int:
    try:
        socket = listening(settings.host, settings.port)
    except OSError as error:
        print(
            f"ecf-sandbox: {printable(settings.host)}:{settings.port} cannot be listened on: {error.strerror}. "
            "Choose another --host or --port.",
            file=sys.stderr,
        )
        return 1
    creation = Creation(options.editions())
    with socket, counting_together(settings.workers), opened(settings, creation, wall_clock()) as store:
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
        print(banner(socket.getsockname(), worlds, shared=settings.store is not None), flush=True)
        with suppress(KeyboardInterrupt):
            if settings.workers == 1:
                server_of(app).run(sockets=[socket])
            else:
                worlds.disconnect()
                work_together(settings.workers, lambda: server_of(app).run(sockets=[socket]))
    return 0


def _stop(*_: Any) -> None:
    """End by leaving the `with` above, so that the store closes its files: uvicorn passes the signal on at its end."""
    raise SystemExit(0)
