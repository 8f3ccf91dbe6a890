"""A run from its beginning to its report: find the target, look at it, run every version, say what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from contract_tests import engine, report
from contract_tests.broken import Unusable
from contract_tests.compare import compare
from contract_tests.documents import rules
from contract_tests.preflight import probe
from contract_tests.progress import progress
from contract_tests.report.masking import without
from contract_tests.served import served
from contract_tests.target import Target
from contract_tests.wanted import Wanted


def verify(wanted: Wanted, *, wait: Callable[[float], None] = time.sleep) -> int:
    """Test what is wanted, say the verdict, write the report. Returns the exit status. Raises Unusable.

    `wait` is how it waits for a target that is asked too often.
    """
    out, err = Console(highlight=False, soft_wrap=True), Console(stderr=True)
    _check(wanted)
    ends_at = time.monotonic() + wanted.max_time if wanted.max_time else None
    with TemporaryDirectory(prefix="ecf-contract-") as name:
        folder = Path(name)
        with served(wanted.base_url, wanted.token, folder / "sandbox") as (url, token):
            began = datetime.now(UTC)
            wanted = replace(wanted, token=token)
            target = _found(wanted, url, token, ends_at, wait)
            if wanted.defects and not (target.sandbox and target.writes):
                raise Unusable("Only a sandbox does things wrongly when it is asked to: leave out --defects.")
            other = _other(wanted, ends_at, wait)
            with progress(err) as tell:
                lines = engine.run(wanted, target, folder, tell)
            comparison = compare(target, other) if other else None
    lines = without(wanted.secrets(), lines)
    made = report.of(wanted, target, began, lines, comparison)
    if wanted.report is not None:
        report.write(made, lines, wanted.report)
    out.print(report.in_brief(made), markup=False, end="")
    return int(made["verdict"]["exit_status"])


def _check(wanted: Wanted) -> None:
    """Raises Unusable for what need not be tried."""
    for glob in wanted.rules:
        if not glob.startswith("check.") and not any(fnmatch(id, glob) for id in rules()):
            raise Unusable(f"There is no rule like {glob!r}. docs/rules.md lists them: decl.*, for example.")
    if wanted.report is not None and wanted.report.exists() and not wanted.report.is_dir():
        raise Unusable(f"{wanted.report} is no folder: give --report one to write the report into.")
    if wanted.report is not None:
        report.clear(wanted.report)


def _found(
    wanted: Wanted, url: str, token: str, ends_at: float | None, wait: Callable[[float], None], *, other: bool = False
) -> Target:
    return probe(
        url,
        token,
        wanted.versions,
        headers=wanted.headers,
        control_token=None if other else wanted.control_token,
        behaviour=wanted.behaviour,
        allow_writes=wanted.allow_writes,
        read_only=wanted.read_only or other,
        production=wanted.production,
        rate=wanted.rate,
        ends_at=ends_at,
        seed=wanted.seed,
        wait=wait,
    )


def _other(wanted: Wanted, ends_at: float | None, wait: Callable[[float], None]) -> Target | None:
    """The deployment to compare with, if there is one. Raises Unusable."""
    if wanted.against is None:
        return None
    if wanted.token2 is None:
        raise Unusable("A token for --against is missing: give --token2, or set ECF_TOKEN2.")
    return _found(wanted, wanted.against, wanted.token2, ends_at, wait, other=True)
