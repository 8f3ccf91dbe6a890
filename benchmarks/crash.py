"""Is anything lost that was acknowledged? `benchmarks/crash --kills 200`; `--postgresql` for worlds in a database.

Kills over and over what serves under load, and exits with 1 if anything is wrong. How: `crash_folder.py`,
`crash_shared.py`.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from crash_folder import LONGEST, Crash, anew, warm
from crash_shared import SharedCrash

from tests import postgresql


def main() -> int:
    """Run, and say what was done and found."""
    parser = argparse.ArgumentParser(prog="benchmarks/crash", description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--longest", type=float, default=LONGEST, help="seconds of load before a kill, at most")
    parser.add_argument("--seed", type=int, default=None, help="have the same choices made again")
    parser.add_argument("--warm", action="store_true", help="start each server from a process that has imported all")
    parser.add_argument("--postgresql", action="store_true", help="of worlds there, in workers")
    parser.add_argument("--workers", type=int, default=2, help="with --postgresql")
    parser.add_argument("--worlds", type=int, default=20, help="to begin with, with --postgresql; more are made")
    given = parser.parse_args()
    random.seed(given.seed)
    start, begun = warm if given.warm else anew, time.monotonic()
    crash: Crash | SharedCrash
    with ExitStack() as stack:
        if given.postgresql:
            database = stack.enter_context(postgresql.running(durable=True))
            worlds = {"workers": given.workers, "worlds": given.worlds}
            crash = SharedCrash(database, start, longest=given.longest, **worlds)
        else:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            crash = Crash(Path(folder) / "data", start, given.longest)
        asyncio.run(crash.play(given.kills))
    for what, count in crash.counted.items():
        print(f"{what}: {count:,}")
    print(f"lost: {crash.lost}\nkept by half: {crash.by_half}\nseconds: {time.monotonic() - begun:.0f}")
    for problem in crash.wrong:
        print(problem, file=sys.stderr)
    return 1 if crash.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
