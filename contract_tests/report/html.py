"""The report as a page: one file that needs nothing else, to be read, printed or sent on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from contract_tests.report.text import HEADINGS, about, by_rule, compared

HERE: Final = Path(__file__).parent
WORD: Final = {"kept": "Kept", "broken": "Broken", "incomplete": "No verdict"}
SIGN: Final = {"kept": "✓", "broken": "✗", "incomplete": "?"}

# What a cell of the table of rules says, and how: never by its colour alone.
CELLS: Final = {
    "seen": ("✓", "seen"),
    "failed": ("✗", "failed"),
    "skipped": ("»", "skipped"),
    "untested": ("·", "not tested"),
}


def as_html(report: Mapping[str, Any]) -> str:
    """The page of a report."""
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(
        about=about,
        coded=coded,
        compared=compared,
        by_rule=by_rule,
        cells=CELLS,
        headings=HEADINGS,
        word=WORD,
        sign=SIGN,
    )
    style = Markup((HERE / "report.css").read_text(encoding="utf-8"))
    return environment.get_template("report.html.jinja").render(report=report, style=style)


def coded(text: str) -> Markup:
    """A sentence of the catalogue, in which backticks stand around what is code."""
    parts = (escape(part) for part in text.split("`"))
    return Markup("").join(Markup("<code>{}</code>").format(part) if at % 2 else part for at, part in enumerate(parts))
