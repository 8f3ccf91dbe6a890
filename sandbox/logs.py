"""Where the log goes, and how its lines look: none of them more than one, and nothing in them that a terminal obeys."""

from __future__ import annotations

import logging
import sys
from typing import Any, Final, Literal, get_args

import orjson

LogFormat = Literal["text", "json"]
FORMATS: Final = get_args(LogFormat)
REQUESTS: Final = "sandbox.requests"
FACTS: Final = "facts"  # the attribute of a log record that holds what a request was


def printable(text: str) -> str:
    """A text whose characters can all be seen: others are written as Python writes them."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def log_to_standard_error(format: LogFormat | None) -> None:
    """Have warnings logged as text, or everything in one of the formats, with a line for each request."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if format == "json" else TextLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger(REQUESTS).setLevel(logging.INFO if format else logging.WARNING)


class TextLines(logging.Formatter):
    """A line to be read. What went wrong inside the sandbox is followed by where."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and perhaps a traceback."""
        facts: dict[str, Any] | None = getattr(record, FACTS, None)
        if facts is not None:
            return " ".join(f"{name}={_word(value)}" for name, value in facts.items())
        line = printable(record.getMessage())
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class JsonLines(logging.Formatter):
    """An object of JSON in each line."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        facts: dict[str, Any] | None = getattr(record, FACTS, None)
        if facts is None:
            facts = {"level": record.levelname.lower(), "logger": record.name, "message": record.getMessage()}
            if record.exc_info:
                facts["traceback"] = self.formatException(record.exc_info)
        return orjson.dumps(facts, default=str, option=orjson.OPT_UTC_Z).decode()


def _word(value: Any) -> str:
    """A value without spaces, or in quotation marks."""
    if value is None or value == []:
        return "-"
    text = ",".join(value) if isinstance(value, list) else str(value)
    return (
        text
        if text.isprintable() and not any(sign in text for sign in ' "=\\')
        else orjson.dumps(printable(text)).decode()
    )
