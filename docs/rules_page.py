"""Writes the catalogue of each edition as a page to read, docs/rules.md for ECF: `python docs/rules_page.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

HERE: Final = Path(__file__).parent
CATALOGUES: Final = HERE.parent / "openapi"
PAGES: Final = {"ecf": HERE / "rules.md", "register": HERE / "rules-register.md"}
COLUMNS: Final = ("Id", "Rule", "Answer", "Versions", "Behaviour", "Guidance", "Message")

ABOUT: Final = """\
**Answer** is the status of the refusal a rule causes and, where the body has one, the title that says what is at fault;
rules without an answer refuse nothing."""
INTRODUCTIONS: Final = {
    "ecf": f"""\
# The rules

<!-- Made from openapi/ecf/rules.yaml by docs/rules_page.py: change the rules there, then run it. -->

Every rule that the sandbox keeps for ECF; [those of Register](rules-register.md) are another edition's. {ABOUT}
**Behaviour** names the one that a rule belongs to, `documented` or `deployed`, where they differ. In a **message**
names in {{braces}} stand for the facts of the case. Messages are written for people, and their wording may change.
""",
    "register": f"""\
# The rules of Register

<!-- Made from openapi/register/rules.yaml by docs/rules_page.py: change the rules there, then run it. -->

Every rule that the sandbox keeps for "Register early career teachers"; [those of ECF](rules.md) are another edition's.
{ABOUT} In a **message** names in {{braces}} stand for the facts of the case. Messages are written for people, and their
wording may change. A rule that begins with `fragile` is one of ours: where it is broken the service answers 500, or
with a page.
""",
}

Rule = Mapping[str, Any]


def catalogue(edition: str) -> str:
    """The catalogue of an edition, as text."""
    return (CATALOGUES / edition / "rules.yaml").read_text()


def page(edition: str, catalogue: str) -> str:
    """The page for a catalogue, both as text."""
    rules = yaml.safe_load(catalogue)
    sections = [_section(heading, {id: rules[id] for id in ids}) for heading, ids in groups(catalogue)]
    return "\n".join([INTRODUCTIONS[edition], *sections])


def groups(catalogue: str) -> Iterator[tuple[str, list[str]]]:
    """The headings of a catalogue, which are comments of one line between blank ones, and the ids below each."""
    _, *parts = re.split(r"\n\n# (.+)\n\n", catalogue)
    for heading, rules in zip(parts[::2], parts[1::2], strict=True):
        yield heading, re.findall(r"^(\S+):", rules, re.MULTILINE)


def _section(heading: str, rules: Mapping[str, Rule]) -> str:
    rows = [_row(COLUMNS), _row(["---"] * len(COLUMNS)), *(_row(_cells(id, rule)) for id, rule in rules.items())]
    return "\n".join([f"## {heading}", "", *rows, ""])


def _row(cells: Sequence[str]) -> str:
    escaped = (" ".join(cell.split()).replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _cells(id: str, rule: Rule) -> list[str]:
    titles, message = _refusal(rule.get("value"))
    answer = [str(rule["x-status"]) if "x-status" in rule else "", *(f"`{title}`" for title in titles)]
    return [
        f"`{id}`",
        rule["summary"],
        " ".join(answer),
        ", ".join(rule["x-versions"]),
        rule.get("x-behaviour", ""),
        rule.get("x-guidance", ""),
        re.sub(r"\{([\w.]+):[^}]*\}", r"{\1}", message),  # how a time is written is of no interest here
    ]


def _refusal(value: Any) -> tuple[list[str], str]:
    """The titles and the message of a refusal."""
    if isinstance(value, Mapping) and "errors" in value:
        return [entry["title"] for entry in value["errors"]], " ".join(entry["detail"] for entry in value["errors"])
    return [], value["error"] if isinstance(value, Mapping) else value or ""


if __name__ == "__main__":
    for edition, file in PAGES.items():
        file.write_text(page(edition, catalogue(edition)))
