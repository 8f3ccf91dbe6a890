"""The command `ecf-contract`."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from contract_tests import given
from contract_tests.documents import VERSIONS

NEEDED: Final = ("hypothesis", "jinja2", "pytest", "requests", "rich", "schemathesis")
SECRETS: Final = {"token": "ECF_TOKEN", "token2": "ECF_TOKEN2", "control_token": "ECF_CONTROL_TOKEN"}
COULD_NOT_RUN: Final = 2
_HEADER: Final = "to send with every request, to pass a gateway; also in $ECF_HEADERS, one a line"


def main(arguments: Sequence[str] | None = None, *, wait: Callable[[float], None] = time.sleep) -> int:
    """Run the command. Returns its exit status: 0 the contract is kept, 1 it is broken, 2 it could not be tested.

    `wait` is how it waits for a target that is asked too often.
    """
    options = vars(_parser().parse_args(arguments))
    del options["command"]  # there is one
    lacking = [name for name in NEEDED if find_spec(name) is None]
    if lacking:
        return _sorry(f"{' and '.join(lacking)} must be installed too: pip install 'ecf-sandbox[contract]'.")
    # Imported here, as it needs what may be lacking.
    from contract_tests.broken import Unusable
    from contract_tests.verify import verify
    from contract_tests.wanted import Wanted

    try:
        return verify(Wanted(**_understood(options)), wait=wait)
    except (Unusable, ValueError) as problem:
        return _sorry(str(problem))
    except KeyboardInterrupt:
        return _sorry("Stopped before the end: there is no verdict.")


def _understood(options: dict[str, Any]) -> dict[str, Any]:
    """What the options and the environment say, by the names of what is wanted. Raises ValueError."""
    version, headers = options.pop("version"), options.pop("header")
    from_outside = os.environ.get("ECF_HEADERS", "").splitlines()
    return options | {
        "versions": VERSIONS if version == "all" else (version,),
        "headers": dict([*map(given.header, from_outside), *headers]),
        **{name: _secret(options[name], variable) for name, variable in SECRETS.items()},
    }


def _secret(option: str | None, variable: str) -> str | None:
    """What was given as an option, or else in the environment."""
    found = option if option is not None else os.environ.get(variable) or None  # a CI sets to nothing what is not given
    return None if found is None else given.token(found)


def _sorry(sentence: str) -> int:
    print(f"ecf-contract: {sentence}", file=sys.stderr)
    return COULD_NOT_RUN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ecf-contract", description="Does an implementation of the ECF lead provider API keep its contract?"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    verify = commands.add_parser(
        "verify",
        help="test a deployment, or a sandbox of its own",
        description="Test a deployment, or, without --base-url, a sandbox that is started for it. "
        "Exit status: 0 the contract is kept, 1 it is broken, 2 it could not be tested.",
    )
    add = verify.add_argument
    add("--base-url", type=_as(given.address), metavar="URL", help="where the API is, without /api/v3")
    add("--token", metavar="TOKEN", help="a lead provider's; better in $ECF_TOKEN, where no list of processes shows it")
    add("--version", choices=(*VERSIONS, "all"), default="all", help="default: %(default)s")
    add("--behaviour", choices=("documented", "deployed"), help="what to hold it to; default: what it says it follows")
    access = verify.add_mutually_exclusive_group()
    access.add_argument("--read-only", action="store_true", help="send nothing but GET; the default, but for a sandbox")
    access.add_argument("--allow-writes", action="store_true", help="write to a target that is no sandbox")
    add("--production", action="store_true", help="the target takes no notice of X-With-Server-Date")
    add("--rate-limit", type=_as(given.rate), dest="rate", metavar="N/s", help="the most requests, such as 3/s")
    add("--max-time", type=_as(given.duration), metavar="TIME", help="give up after, for example, 10m")
    add("--seed", type=_as(given.number), default=1, metavar="N", help="what random data are made from")
    add("--examples", type=_as(given.number), default=10, metavar="N", help="random requests for each operation")
    add("--rules", nargs="+", action="extend", default=[], metavar="GLOB", help="only these rules, such as 'decl.*'")
    add("--header", type=_as(given.header), action="append", default=[], metavar="'NAME: VALUE'", help=_HEADER)
    add("--workers", type=_as(given.number), default=2, metavar="N", help="versions tested at a time")
    add("--control-token", metavar="TOKEN", help="what a sandbox's control API asks for; else $ECF_CONTROL_TOKEN")
    add("--defects", default="", metavar="NAME,…", help="have a sandbox do these things wrongly, to see them found")
    add("--against", type=_as(given.address), metavar="URL", help="another deployment to compare the answers with")
    add("--token2", metavar="TOKEN", help="the token there; else $ECF_TOKEN2")
    add("--report", type=Path, metavar="DIR", help="where to write the report: a page, JSON, JUnit, and the evidence")
    return parser


def _as(understood: Callable[[str], Any]) -> Callable[[str], Any]:
    """For argparse, which shows the sentence of an ArgumentTypeError alone."""

    def typed(text: str) -> Any:
        try:
            return understood(text)
        except ValueError as problem:
            raise argparse.ArgumentTypeError(str(problem)) from None

    return typed


if __name__ == "__main__":
    sys.exit(main())
