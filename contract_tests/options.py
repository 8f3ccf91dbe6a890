"""What a run is told on pytest's command line."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from contract_tests.documents import VERSIONS


def add_options(parser: pytest.Parser) -> None:
    """Have pytest take the options of the contract tests."""
    group = parser.getgroup("contract", "the contract of the ECF lead provider API")
    add = group.addoption
    with suppress(ValueError):  # pytest-base-url may have it already
        add("--base-url", metavar="URL", help="the deployment to test; without it a sandbox is started")
    add("--token", metavar="TOKEN", help="a lead provider's token; else $ECF_TOKEN")
    add("--control-token", metavar="TOKEN", help="a sandbox's own; else $ECF_CONTROL_TOKEN")
    add("--api-version", action="append", choices=VERSIONS, help="a version to test; may be repeated; default: all")
    add("--only-version", choices=VERSIONS, help="of them only this one's scenarios; with the last, those of no one")
    add("--behaviour", choices=("documented", "deployed"), help="what to hold the target to; default: what it says")
    add("--rules", action="append", metavar="GLOB", help="only scenarios of rules such as decl.*; may be repeated")
    add("--operations", action="append", metavar="GLOB", help="the target has only these, such as list_*; repeatable")
    add("--allow-writes", action="store_true", help="write to a target that is no sandbox")
    add("--read-only", action="store_true", help="send nothing but GET")
    add("--production", action="store_true", help="the target takes no notice of X-With-Server-Date")
    add("--header", action="append", default=[], metavar="NAME:VALUE", help="to send with every request")
    add("--rate-limit", type=float, metavar="N", help="the most requests a second")
    add("--max-time", type=float, metavar="SECONDS", help="give up after this long")
    add("--contract-seed", type=int, default=1, metavar="N", help="what random data are made from")
    add("--examples", type=int, default=10, metavar="N", help="random requests for each operation")
    add("--defects", default="", metavar="NAMES", help="switch these on in the worlds of a sandbox")
    add("--part", type=Path, metavar="FILE", help="where to write down what happens, line by line")
