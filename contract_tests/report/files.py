"""The folder that a report is written into."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from contract_tests.errors import Unusable
from contract_tests.report.content import scenarios_of
from contract_tests.report.evidence import Evidence, write_texts
from contract_tests.report.har import har
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
    """Write everything. `lines` hold nothing that may not be shown. Raises Unusable."""
    evidence = folder / "evidence"
    texts = {line["name"]: line["text"] for line in lines if line["kind"] == "text"}
    scenarios = scenarios_of(lines)
    told = Evidence(texts)
    try:
        evidence.mkdir(parents=True, exist_ok=True)
        _write(folder / "report.json", json.dumps(report, indent=2, ensure_ascii=False) + "\n")
        _write(folder / "report.html", as_html(report))
        (folder / "junit.xml").write_bytes(junit(report))
        _write(folder / "summary.md", as_markdown(report))
        _write(evidence / "exchanges.har", har(scenarios, texts, report["made_by"]))
        write_texts(texts, evidence / "bodies.jsonl.gz")
        for scenario in sorted(scenarios, key=lambda each: each["outcome"] != "failed"):
            file = evidence / scenario["evidence"]
            file.parent.mkdir(parents=True, exist_ok=True)
            _write(file, told.of(scenario))
    except OSError as error:
        raise Unusable(f"The report cannot be written to {folder}: {error.strerror}.") from error


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", errors="backslashreplace")
