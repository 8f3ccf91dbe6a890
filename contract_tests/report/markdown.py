"""A run in Markdown, as summary.md: what a CI shows on the page of a job."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from contract_tests.report.text import HEADINGS, MOST_SHOWN, Report, about, by_rule, compared, seen, shared, what

SIGN: Final = {"kept": "✅", "broken": "❌", "incomplete": "⚠️"}


def as_markdown(report: Report) -> str:
    """For the page that a CI shows of a job."""
    return "\n".join(_markdown(report)) + "\n"


def _markdown(report: Report) -> Iterator[str]:
    verdict, totals = report["verdict"], report["totals"]
    yield f"## {SIGN[verdict['result']]} {_escaped(verdict['sentence'])}"
    yield ""
    yield _escaped(about(report))
    yield ""
    yield _escaped(seen(report))
    yield ""
    yield "| Passed | Failed | of which fragile | Skipped | Requests | Seconds |"
    yield "| ---: | ---: | ---: | ---: | ---: | ---: |"
    counted = (totals["passed"], totals["failed"], totals["fragile"], totals["skipped"])
    yield _row(*counted, f"{report['run']['requests']:,}", report["run"]["seconds"])
    for grade, heading in HEADINGS.items():
        groups = by_rule(report, grade)
        if groups:
            yield from ("", f"### {heading}", "", _row("Rule or check", "Scenarios", "What was wrong first", "Met by"))
            yield "| - | - | - | - |"
        for name, failures in list(groups.items())[:MOST_SHOWN]:
            yield _row(name, shared(failures), what(failures[0]), failures[0]["met_by"])
        if len(groups) > MOST_SHOWN:
            yield f"\nAnd over {len(groups) - MOST_SHOWN} more: see report.html."
    if report["unanswered"]:
        yield from ("", "### Operations that never answered with success", "")
        yield from (f"- {_escaped(name)}" for name in report["unanswered"][:MOST_SHOWN])
        if len(report["unanswered"]) > MOST_SHOWN:
            yield f"- and {len(report['unanswered']) - MOST_SHOWN} more"
    if report["skips"]:
        yield from (
            "",
            f"<details><summary>Skipped {totals['skipped']} scenarios</summary>",
            "",
            "| Scenarios | Each because |",
        )
        yield "| ---: | - |"
        for skip in report["skips"]:
            yield _row(skip["scenarios"], skip["reason"])
            yield from (_row(each["scenarios"], f"… {each['detail']}") for each in skip["details"])
        yield from ("", "</details>")
    if report["comparison"]:
        yield from ("", f"### {_escaped(compared(report))}", "", _row("Request", "At", "First", "Second"))
        yield "| - | - | - | - |"
        for each in report["comparison"]["differences"][:MOST_SHOWN]:
            yield _row(each["request"], each["at"], each["first"], each["second"])


def _row(*cells: object) -> str:
    return f"| {' | '.join(_escaped(str(cell)) for cell in cells)} |"


def _escaped(text: str) -> str:
    """Text that Markdown shows as it stands: what a target answers may hold anything."""
    plain = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"([\\`*_\[\]|~#$@>]|(?<=www)\.|:(?=//))", r"\\\1", plain)  # links and mentions as well
