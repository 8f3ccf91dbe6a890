"""The command `ecf-contract`."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any, Final

from contract_tests.config import OPTIONS, Option, run_config
from contract_tests.masking import Mask
from contract_tests.release import release

NEEDED: Final = ("hypothesis", "jinja2", "pytest", "requests", "rich", "schemathesis")
COULD_NOT_RUN: Final = 2


def main(arguments: Sequence[str] | None = None, *, wait: Callable[[float], None] = time.sleep) -> int:
    """Run the command. Returns its exit status: 0 the contract is kept, 1 it is broken, 2 it could not be tested.

    `wait` is how it waits for a target that is asked too often.
    """
    written = vars(parser().parse_args(arguments))
    lacking = [name for name in NEEDED if find_spec(name) is None]
    if lacking:
        return _sorry(f"{' and '.join(lacking)} must be installed too: pip install 'ecf-sandbox[contract]'.")
    # Imported here, as it needs what may be lacking.
    from contract_tests.errors import Unusable
    from contract_tests.signals import Stopped
    from contract_tests.verify import verify

    try:
        return verify(run_config(written, os.environ), wait=wait)
    except (Unusable, ValueError) as problem:
        return _sorry(str(problem))
    except Stopped as stopped:
        _sorry(f"{stopped} There is no verdict.")
        return stopped.exit_status


def _sorry(sentence: str) -> int:
    print(f"ecf-contract: {Mask().text(sentence)}", file=sys.stderr)  # it may hold what a target said
    return COULD_NOT_RUN


def parser() -> argparse.ArgumentParser:
    """What reads the command line."""
    whole = argparse.ArgumentParser(
        prog="ecf-contract", description="Does an implementation of the ECF lead provider API keep its contract?"
    )
    whole.add_argument("--version", action="version", version=f"ecf-contract {release()}")
    commands = whole.add_subparsers(dest="command", required=True)
    verify = commands.add_parser(
        "verify",
        help="test a deployment, or a sandbox of its own",
        description="Test a deployment, or, without --base-url, a sandbox that is started for it. "
        "Exit status: 0 the contract is kept, 1 it is broken, 2 it could not be tested.",
    )
    for name, option in OPTIONS.items():
        verify.add_argument(option.flag, dest=name, default=None, help=option.help, **_parsed(option))
    return whole


def _parsed(option: Option) -> dict[str, Any]:
    if option.is_switch:
        return {"action": "store_true"}
    how: dict[str, Any] = {"metavar": option.metavar}
    if option.choices:
        how = {"choices": option.choices}
    if option.gather is not None:
        how |= {"nargs": "+", "action": "store" if option.last_wins else "extend"}
    return how


if __name__ == "__main__":
    sys.exit(main())
