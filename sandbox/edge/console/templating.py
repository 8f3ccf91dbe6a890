"""The templates, and how they write dates, times, ids and the words of the records."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from sandbox import __version__
from sandbox.edge.console.words import WORDS, in_words, label
from sandbox.edge.wording import rule_address

FOLDER: Final = Path(__file__).parent / "templates"
_CODE: Final = re.compile(r"`([^`]+)`")
_JOIN: Final = re.compile(r"([/_])")


class Templates:
    """Renders pages. Everything that is put into one is escaped."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["version"] = __version__
        self._environment.filters |= {
            "day": day,
            "short": short,
            "time": time,
            "breakable": breakable,
            "coded": coded,
            "month": month,
            "in_words": in_words,
            "label": label,
            "plainly": plainly,
            "pretty": pretty,
            "rule_address": lambda id, edition: rule_address(edition, id),
        }

    def render(self, template: str, **content: Any) -> str:
        """A page as text."""
        return self._environment.get_template(template).render(**content)


def day(value: date | datetime | str | None) -> str:
    """A day as people write it: 1 November 2024."""
    known = _read(value)
    return "" if known is None else f"{known.day} {known:%B %Y}"


def short(value: date | datetime | str | None) -> str:
    """A day where there is little room: 1 Nov 2024."""
    known = _read(value)
    return "" if known is None else f"{known.day} {known:%b %Y}"


def time(value: datetime | str | None) -> str:
    """A time as people write it, in UTC."""
    known = _read(value)
    return "" if known is None else f"{known.day} {known:%B %Y, %H:%M}"


def _read(value: date | str | None) -> date | datetime | None:
    if isinstance(value, str):
        return datetime.fromisoformat(value)
    return value


def coded(text: str) -> Markup:
    """A text with what stands `between backticks` set as code."""
    parts = _CODE.split(str(text))
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part) for number, part in enumerate(parts)
    )


def breakable(text: str) -> Markup:
    """A text that may be broken after what joins the words of a path or a name."""
    parts = _JOIN.split(str(text))
    return Markup("").join(Markup(part + "<wbr>") if number % 2 else escape(part) for number, part in enumerate(parts))


def month(value: tuple[int, int]) -> str:
    """A year and a month as people write them."""
    return f"{date(*value, 1):%B %Y}"


def plainly(value: Any) -> str:
    """A fact of a record as people read it."""
    if isinstance(value, datetime):
        return time(value)
    if isinstance(value, date):
        return day(value)
    return in_words(value) if value in WORDS else str(value)


def pretty(value: Any) -> str:
    """Anything as JSON to be read."""
    option = orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS
    return orjson.dumps(value, option=option).decode()
