"""`ecf-sandbox migrate`: a world of ECF in a file, carried over into Register."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sandbox.actors.impossible import Impossible
from sandbox.opening import world_of
from sandbox.seeding.carrying import migrated
from sandbox.seeding.creation import Creation, exported
from sandbox.store.protocol import StoreProblem

SUCCESSOR: Final = "register"


def migrate(source: Path, target: Path, creation: Creation, wall_time: datetime, *, as_json: bool = False) -> int:
    """Write what a world of ECF comes to in Register to a file, and tell what came over. Returns the exit status."""
    try:
        store = creation.from_file(source.read_bytes(), wall_time)
        migration = migrated(store, creation.editions[SUCCESSOR], wall_time)
        target.write_bytes(exported(migration.store, world_of(migration.store).time(wall_time)))
    except OSError as error:
        print(f"ecf-sandbox: {error.filename}: {error.strerror}.", file=sys.stderr)
        return 1
    except (StoreProblem, Impossible) as problem:
        print(f"ecf-sandbox: {source} cannot be carried over. {problem}", file=sys.stderr)
        return 1
    account = migration.told()
    print(json.dumps(account, indent=2) if as_json else "\n".join(_lines(account, target)))
    return 0


def _lines(account: Mapping[str, Any], target: Path) -> Iterable[str]:
    """The account, for people."""
    yield f"{target} holds the world in Register. Carried over:"
    yield from (f"  {count:>6}  {name.replace('_', ' ')}" for name, count in account["carried"].items())
    for title, remarks in (("Left out", account["left_out"]), ("Carried over, but altered", account["altered"])):
        if remarks:
            yield f"{title}:"
            yield from (f"  {each['count']:>6}  {each['what']}: {each['reason']}" for each in remarks)
    yield f"Begin with it: ecf-sandbox serve --edition {SUCCESSOR} --scenario {target} --data DIR"
