"""The folder that a report is written into."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from contract_tests.errors import Unusable
from contract_tests.report.content import scenarios_of
from contract_tests.report.evidence import evidence
from contract_tests.report.html import as_html
from contract_tests.report.junit import junit
from contract_tests.report.markdown import as_markdown

FILES: Final = ("report.json", "report.html", "junit.xml", "summary.md")


def clear(folder: Path) -> None:
    """Take away the report of an earlier run, so that nobody takes it for that of one which comes to no report."""
    for name in FILES:
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "evidence", ignore_errors=True)


def write(report: dict[str, Any], lines: Sequence[dict[str, Any]], folder: Path) -> None:
    """Write everything. `lines` hold no secrets any more. Raises Unusable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.json").write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        (folder / "report.html").write_text(as_html(report), encoding="utf-8")
        (folder / "junit.xml").write_bytes(junit(report))
        (folder / "summary.md").write_text(as_markdown(report), encoding="utf-8")
        for scenario in scenarios_of(lines):
            file = folder / "evidence" / scenario["evidence"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(evidence(scenario), encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise Unusable(f"The report cannot be written to {folder}: {error.strerror}.") from error
