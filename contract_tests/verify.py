"""A run from its beginning to its report: find the target, look at it, run every version, say what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from contract_tests import report
from contract_tests.compare import compare
from contract_tests.config import RunConfig
from contract_tests.documents import SCOPE
from contract_tests.effort import requests_in_all, way_of
from contract_tests.engine import Engine
from contract_tests.errors import TimeIsOver
from contract_tests.mistakes import look_for_mistakes
from contract_tests.pace import Pace
from contract_tests.progress import progress
from contract_tests.signals import Stopped, heeded, ignore
from contract_tests.target import Target
from contract_tests.target.edition import edition_at
from contract_tests.target.local_sandbox import located
from contract_tests.target.preflight import probe
from contract_tests.turns import Turns


def verify(config: RunConfig, *, wait: Callable[[float], None] = time.sleep) -> int:
    """Test what is asked for, say the verdict, write the report. Returns the exit status. Raises Unusable, Stopped.

    `wait` is how it waits for a target that is asked too often.
    """
    out, err = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False, soft_wrap=True)
    ends_at = config.ends_at()
    with TemporaryDirectory(prefix="ecf-contract-") as name, SCOPE.limited_to(config.operations), heeded():
        if config.edition is not None or config.base_url is None:
            config = config.of_edition()
        look_for_mistakes(config)
        if config.report is not None:
            report.clear(config.report)
        folder = Path(name)
        turns = folder / "turns"
        with located(config, folder / "sandbox") as config:
            began = datetime.now(UTC)
            asked = Turns(config.rate, turns)
            ask = partial(probe, ends_at=ends_at, wait=wait)
            found = edition_at(config, turns=asked, ends_at=ends_at, wait=wait)
            if config.edition is None:
                config = config.of_edition(found)
                look_for_mistakes(config)
            SCOPE.edition = config.edition or SCOPE.edition
            target = ask(config, turns=asked)
            other = ask(config.other(), turns=Turns(config.rate)) if config.against else None
            err.print(_expected(target), markup=False)
            engine = Engine(target, folder, turns)
            comparison, early, exit_status = None, "", None
            try:
                with progress(err) as tell:
                    engine.run(tell)
                comparison = compare(target, other) if other else None
            except TimeIsOver:
                early = "There was no time left to compare."
            except Stopped as stopped:
                early, exit_status = str(stopped), stopped.exit_status
            ignore()
            lines = [*engine.lines, *([{"kind": "stopped", "reason": early}] if early else [])]
        whole = report.of(target, began, lines, comparison, exit_status=exit_status)
        if config.report is not None:
            report.write(whole, lines, config.report)
    if config.as_json:
        print(report.as_json(whole))
    else:
        out.print(report.as_text(whole), markup=False, end="")
    if config.report is not None and not config.as_json:
        out.print(f"Report: {config.report}", markup=False)
    return int(whole["verdict"]["exit_status"])


def _expected(target: Target) -> str:
    """How long the run is going to take."""
    config = target.config
    way = way_of(sandbox=target.sandbox, writes=target.writes)
    pace = Pace(seconds=target.answers_in, at_once=1 if target.shares_people else config.at_once, rate=config.rate)
    left = None if target.ends_at is None else target.ends_at - time.monotonic()
    return pace.told(requests_in_all(target.versions, config.rules, way), left)
