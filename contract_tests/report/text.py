"""A run in plain text: what is printed at its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

WORD: Final = {"kept": "KEPT", "broken": "BROKEN", "incomplete": "NO VERDICT"}
MOST_SHOWN: Final = 30
LONGEST: Final = 200
HEADINGS: Final = {"broken": "Broken", "fragile": "Fragile: asked as no client asks on purpose, or in no fixed order"}

Report = Mapping[str, Any]


def as_text(report: Report) -> str:
    """For a terminal."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    verdict = report["verdict"]
    yield f"{WORD[verdict['result']]}. {verdict['sentence']}"
    yield ""
    yield about(report)
    for grade, heading in HEADINGS.items():
        yield from _failures(heading, by_rule(report, grade))
    if report["unanswered"]:
        yield ""
        yield "Never answered with success"
        yield from (f"  {name}" for name in report["unanswered"][:MOST_SHOWN])
        if len(report["unanswered"]) > MOST_SHOWN:
            yield f"  … and {len(report['unanswered']) - MOST_SHOWN} more"
    if report["skips"]:
        yield ""
        yield f"Skipped {report['totals']['skipped']}"
        for skip in report["skips"][:MOST_SHOWN]:
            yield f"  {skip['scenarios']:4}  {skip['reason']}"
        if len(report["skips"]) > MOST_SHOWN:
            yield f"        … for {len(report['skips']) - MOST_SHOWN} reasons more"
    if report["comparison"]:
        yield ""
        yield compared(report)
        for each in report["comparison"]["differences"][:MOST_SHOWN]:
            yield f"  {each['request']}  {each['at']}: {each['first']} | {each['second']}"
    yield ""
    yield counts(report)


def _failures(heading: str, groups: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    if not groups:
        return
    yield ""
    yield heading
    for name, failures in list(groups.items())[:MOST_SHOWN]:
        yield f"  {name}  {shared(failures)}: {what(failures[0])} (met by: {failures[0]['met_by'].rstrip('.')})"
    if len(groups) > MOST_SHOWN:
        yield f"  … and over {len(groups) - MOST_SHOWN} more: see the report (--report DIR)"


def about(report: Report) -> str:
    """What was tested, and how."""
    target = report["target"]
    kind = "a sandbox" if target["sandbox"] else "production" if target["production"] else "no sandbox"
    access = "only read" if target["read_only"] else "read and written"
    return f"{target['url']} ({kind}), {', '.join(target['versions'])}, {target['behaviour']}, {access}"


def counts(report: Report) -> str:
    """What a run did, in figures."""
    refused, accepted = report["rule_coverage"]["refused"], report["rule_coverage"]["accepted"]
    return (
        f"{report['run']['requests']:,} requests in {report['run']['seconds']} seconds; "
        f"rules seen to refuse: {refused['seen']} of {refused['of']}, to accept: {accepted['seen']} of {accepted['of']}"
    )


def compared(report: Report) -> str:
    """What came of comparing two deployments."""
    comparison = report["comparison"]
    number = len(comparison["differences"])
    found = "no difference" if not number else "one difference" if number == 1 else f"{number} differences"
    return f"Compared with {comparison['second']}: {found} in {comparison['requests']} answers"


def what(failure: Mapping[str, Any]) -> str:
    """What went wrong, in one line."""
    if not failure["expected"]:
        return _short(f"{failure['check']}: {failure['received']}")
    return _short(f"expected {failure['expected']}; received {failure['received']}")


def by_rule(report: Report, grade: str) -> dict[str, list[Mapping[str, Any]]]:
    """The failures of a grade by what they were about."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for failure in report["failures"]:
        if failure["grade"] == grade:
            found.setdefault(over(failure), []).append(failure)
    return found


def shared(failures: Sequence[Mapping[str, Any]]) -> str:
    """Where failures over the same thing were seen: in which versions, in which scenarios, or the first of them."""
    versions = ", ".join(sorted({failure["version"] or "all" for failure in failures}))
    titles = list(dict.fromkeys(failure["title"] for failure in failures))
    more = f" and {len(titles) - 1} more" if len(titles) > 1 else ""
    return f"{versions}  {titles[0]}{more}"


def over(failure: Mapping[str, Any]) -> str:
    """What it was about: rules, or a check."""
    return ", ".join(failure["rules"]) or str(failure["check"])


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"
