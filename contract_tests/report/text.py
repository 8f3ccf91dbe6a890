"""A run in plain text: what is printed at its end."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

WORD: Final = {"kept": "KEPT", "broken": "BROKEN", "incomplete": "NO VERDICT"}
MOST_SHOWN: Final = 30
MOST_TOLD: Final = 12  # of what takes some lines
LONGEST: Final = 200
HEADINGS: Final = {
    "broken": "Broken",
    "fragile": "Fragile: only for input that no client sends on purpose, or where equal keys have no fixed order",
}

Report = Mapping[str, Any]


def as_text(report: Report) -> str:
    """For a terminal."""
    return "\n".join(_lines(report)) + "\n"


def as_json(report: Report) -> str:
    """For a program: what report.json says, in characters that every terminal has."""
    return json.dumps(report, indent=2)


def _lines(report: Report) -> Iterator[str]:
    verdict = report["verdict"]
    yield f"{WORD[verdict['result']]}. {verdict['sentence']}"
    yield ""
    yield about(report)
    yield seen(report)
    for grade, heading in HEADINGS.items():
        yield from _failures(heading, by_rule(report, grade))
    if report["unanswered"]:
        yield ""
        yield "Operations that never answered with success"
        yield from (f"  {name}" for name in report["unanswered"][:MOST_SHOWN])
        if len(report["unanswered"]) > MOST_SHOWN:
            yield f"  … and {len(report['unanswered']) - MOST_SHOWN} more"
    if report["skips"]:
        yield ""
        yield f"Skipped {_scenarios(report['totals']['skipped'])}, each because"
        for skip in report["skips"][:MOST_SHOWN]:
            details = skip["details"]
            yield f"  {skip['scenarios']:4}  {skip['reason']}" + (":" if details else "")
            yield from (f"        {each['scenarios']:4}  {each['detail']}" for each in details[:MOST_TOLD])
            if len(details) > MOST_TOLD:
                yield f"              and {len(details) - MOST_TOLD} more, which are in the report (--report DIR)"
        if len(report["skips"]) > MOST_SHOWN:
            yield f"        and for {len(report['skips']) - MOST_SHOWN} more reasons"
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
    for name, failures in list(groups.items())[:MOST_TOLD]:
        yield f"  {name}  {shared(failures)}"
        yield f"      {what(failures[0])}"
        yield f"      Met by: {failures[0]['met_by']}"
    if len(groups) > MOST_TOLD:
        yield f"  … and over {len(groups) - MOST_TOLD} more, which are in the report (--report DIR)"


def about(report: Report) -> str:
    """What was tested, and how."""
    target = report["target"]
    kind = "a sandbox" if target["sandbox"] else "in production" if target["production"] else "a deployment"
    access = "only read" if target["read_only"] else "read and written to"
    versions = ", ".join(target["versions"])
    return f"{target['url']} ({kind}): {versions}, held to the behaviour {target['behaviour']}, {access}"


def counts(report: Report) -> str:
    """What a run did, in figures."""
    return f"{report['run']['requests']:,} requests in {report['run']['seconds']} seconds"


def seen(report: Report) -> str:
    """How much a verdict stands on."""
    rules, whole = report["rule_coverage"], report["coverage"]
    parts = (
        f"{_part(rules['refused'])} rules refusing and {_part(rules['accepted'])} accepting",
        f"{_part(whole['operations'])} operations answering with success",
        f"{_part(whole['scenarios'])} scenarios judged",
    )
    return f"Seen: {'; '.join(parts)}."


def _part(share: Mapping[str, int]) -> str:
    return f"{share['seen']:,} of {share['of']:,}"


def _scenarios(number: int) -> str:
    return "1 scenario" if number == 1 else f"{number:,} scenarios"


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
