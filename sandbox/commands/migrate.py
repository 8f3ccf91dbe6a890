"""`ecf-sandbox migrate`: a world of ECF in a file, carried over into Register."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox import options
from sandbox.clock import wall_clock
from sandbox.command import Command, Option
from sandbox.logs import printable

if TYPE_CHECKING:
    from sandbox.seeding.creation import Creation

SUCCESSOR: Final = "register"
_FILE: Final = click.Path(path_type=Path)


@options.told_as_json
@click.command(
    "migrate",
    cls=Command,
    short_help="carry a world of ECF over into Register",
    examples=(
        "ecf-sandbox migrate --from world.json",
        "ecf-sandbox migrate --from world.json --to register-world.json --json",
    ),
    params=[
        Option("--from", "from_file", type=_FILE, required=True, metavar="FILE", help="what a world was exported to"),
        Option(
            "--to",
            "to_file",
            type=_FILE,
            default=Path("register-world.json"),
            show_default=True,
            metavar="FILE",
            help="where to put the world of Register",
        ),
    ],
)
def migrate_command(from_file: Path, to_file: Path, as_json: bool) -> int:
    """Make a world of Register from an exported world of ECF, as the DfE moved the service's data."""
    from sandbox.seeding.creation import Creation

    return migrate(from_file, to_file, Creation(options.editions()), wall_clock(), as_json=as_json)


def migrate(source: Path, target: Path, creation: Creation, wall_time: datetime, *, as_json: bool = False) -> int:
    """Write what a world of ECF comes to in Register to a file, and tell what came over. Returns the exit status."""
    from sandbox.actors.impossible import Impossible
    from sandbox.opening import world_of
    from sandbox.seeding.carrying import migrated
    from sandbox.seeding.creation import exported
    from sandbox.store.protocol import StoreProblem

    try:
        store = creation.from_file(source.read_bytes(), wall_time)
        migration = migrated(store, creation.editions[SUCCESSOR], wall_time)
        target.write_bytes(exported(migration.store, world_of(migration.store).time(wall_time)))
    except OSError as error:
        print(f"ecf-sandbox: {printable(str(error.filename))}: {error.strerror}.", file=sys.stderr)
        return 1
    except (StoreProblem, Impossible) as problem:
        print(f"ecf-sandbox: {printable(f'{source} cannot be carried over. {problem}')}", file=sys.stderr)
        return 1
    account = migration.told()
    print(json.dumps(account, indent=2) if as_json else "\n".join(_lines(account, target)))
    return 0


def _lines(account: Mapping[str, Any], target: Path) -> Iterable[str]:
    """The account, for people."""
    file = printable(str(target))
    yield f"{file} holds the world in Register. Carried over:"
    yield from (f"  {count:>6}  {name.replace('_', ' ')}" for name, count in account["carried"].items())
    for title, remarks in (("Left out", account["left_out"]), ("Carried over, but altered", account["altered"])):
        if remarks:
            yield f"{title}:"
            yield from (f"  {each['count']:>6}  {each['what']}: {each['reason']}" for each in remarks)
    yield f"Begin with it: ecf-sandbox serve --edition {SUCCESSOR} --scenario {file} --data DIR"
