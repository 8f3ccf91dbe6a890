"""A run from its beginning to its report: find the target, look at it, run every version, say what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from contract_tests import engine, report
from contract_tests.compare import compare
from contract_tests.config import RunConfig
from contract_tests.documents import SCOPE, rules
from contract_tests.errors import Unusable
from contract_tests.progress import progress
from contract_tests.target.local_sandbox import located
from contract_tests.target.preflight import probe


def verify(config: RunConfig, *, wait: Callable[[float], None] = time.sleep) -> int:
    """Test what is asked for, say the verdict, write the report. Returns the exit status. Raises Unusable.

    `wait` is how it waits for a target that is asked too often.
    """
    out, err = Console(highlight=False, soft_wrap=True), Console(stderr=True)
    _check(config)
    ends_at = config.ends_at()
    with TemporaryDirectory(prefix="ecf-contract-") as name, SCOPE.limited_to(config.operations):
        folder = Path(name)
        with located(config, folder / "sandbox") as config:
            began = datetime.now(UTC)
            target = probe(config, ends_at=ends_at, wait=wait)
            if config.defects and not (target.sandbox and target.writes):
                raise Unusable("Only a sandbox does things wrongly when it is asked to: leave out --defects.")
            other = probe(config.other(), ends_at=ends_at, wait=wait) if config.against else None
            with progress(err) as tell:
                lines = engine.run(target, folder, tell)
            comparison = compare(target, other) if other else None
        whole = report.of(target, began, lines, comparison)
    if config.report is not None:
        report.write(whole, lines, config.report)
    out.print(report.as_text(whole), markup=False, end="")
    return int(whole["verdict"]["exit_status"])


def _check(config: RunConfig) -> None:
    """Raises Unusable for what need not be tried."""
    for glob in config.rules:
        if not glob.startswith("check.") and not any(fnmatch(id, glob) for id in rules()):
            raise Unusable(f"There is no rule like {glob!r}. docs/rules.md lists them: decl.*, for example.")
    if config.against is not None and config.token2 is None:
        raise Unusable("A token for --against is missing: give --token2, or set ECF_TOKEN2.")
    if config.report is not None and config.report.exists() and not config.report.is_dir():
        raise Unusable(f"{config.report} is no folder: give --report one to write the report into.")
    if config.report is not None:
        report.clear(config.report)
