"""What was said in a scenario, with the time of each request: to be shown to whoever asks for proof.

Of one that failed, word for word; of any other a line for each exchange, which names what was sent and answered. All
of that is in bodies.jsonl.gz, once, however often it was said.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from contract_tests.masking.printable import printable

RULE: Final = "─" * 100
ENOUGH: Final = 3_000_000  # characters of what is shown in full, in all files; then it is only named
SHORT: Final = 2_000  # characters that are always shown
MOST_PACKED: Final = 6_000_000  # bytes

Line = Mapping[str, Any]


class Evidence:
    """Writes the evidence of one run. `texts` are what was said, by name."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._shown = 0

    def of(self, scenario: Line) -> str:
        """The text of a scenario's file."""
        how = self._in_full if scenario["outcome"] == "failed" else self._in_short
        return "\n".join([*_head(scenario), *how(scenario["exchanges"])]) + "\n"

    def _in_full(self, exchanges: Iterable[Line]) -> Iterator[str]:
        shown: dict[str, str] = {}
        for number, each in enumerate(exchanges, 1):
            yield from ("", RULE, f"{number}. {each['at']}, answered in {each['seconds'] * 1000:.0f} ms", "")
            yield f"{each['method']} {each['url']}"
            yield from _headers(each["request_headers"])
            yield from self._body(each["request_body"], f"the request of {number}", shown)
            yield from ("", f"HTTP {each['status']}")
            yield from _headers(each["headers"])
            yield from self._body(each["content"], f"the answer of {number}", shown)

    def _body(self, name: str, where: str, shown: dict[str, str]) -> Iterator[str]:
        """A body, unless it stands in the same file already, or too much is shown already."""
        if not name:
            return
        text = self._texts.get(name, "")
        if name in shown and len(text) > SHORT:
            yield from ("", f"(the same as {shown[name]})")
        elif len(text) > SHORT and self._shown > ENOUGH:
            yield from ("", f"({len(text):,} characters: {name} of bodies.jsonl.gz)")
        else:
            body = _indented(text)
            self._shown += len(body)
            shown[name] = where
            yield from ("", body)

    def _in_short(self, exchanges: Iterable[Line]) -> Iterator[str]:
        if exchanges:
            yield ""
        for number, each in enumerate(exchanges, 1):
            parts = urlsplit(each["url"])
            asked = f"{each['method']} {parts.path}" + (f"?{parts.query}" if parts.query else "")
            refused = f" {', '.join(each['rules'])}" if each["rules"] else ""
            sent = f"; sent {each['request_body']}" if each["request_body"] else ""
            came = f"; got {each['content']}" if each["content"] else ""
            answered = f"{each['status']}{refused}  {each['seconds'] * 1000:.0f} ms"
            yield f"{number:4}. {each['at'][11:23]}  {asked}  {answered}{sent}{came}"


def write_texts(texts: Mapping[str, str], file: Path) -> None:
    """Write down everything that was said, each text on a line with its name; when it is too much, how each begins."""
    with file.open("wb") as out, gzip.GzipFile(fileobj=out, mode="wb", compresslevel=4, mtime=0) as packed:
        for name, text in texts.items():
            kept = text if out.tell() < MOST_PACKED else text[:SHORT]
            line = json.dumps({"name": name, "text": kept}, ensure_ascii=False)
            packed.write(line.encode("utf-8", "backslashreplace") + b"\n")


def _head(scenario: Line) -> Iterator[str]:
    yield f"Scenario  {scenario['title']}"
    yield f"Id        {scenario['id']}"
    yield f"Version   {scenario['version'] or 'all'}"
    for side in ("refuses", "accepts"):
        if scenario[side]:
            yield f"{side.capitalize()}   {', '.join(scenario[side])}"
    yield f"Outcome   {scenario['outcome']}" + (f": {scenario['reason']}" if scenario["reason"] else "")
    failure = scenario["failure"]
    if failure:
        yield f"Check     {failure['check']}"
        yield f"Expected  {failure['expected']}"
        yield f"Received  {failure['received']}"


def _headers(headers: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{name}: {value}" for name, value in headers.items())


def _indented(body: str) -> str:
    """JSON so that it can be read; anything else as it came."""
    try:
        return printable(json.dumps(json.loads(body), indent=2, ensure_ascii=False))
    except (ValueError, RecursionError):  # no JSON, or nested too deep on purpose
        return body
