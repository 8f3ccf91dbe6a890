"""What a page shows: commands and programs, each with what comes of it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import dedent
from typing import Any

import orjson

HERE = "http://127.0.0.1:8080"
_FENCED = re.compile(r"^( *)```(\w+)[^\n]*\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
RESULTS = frozenset({"http", "json", "text"})


@dataclass(frozen=True)
class Shown:
    """A command or a program in some language, and what it is said to come to: by the language of that."""

    language: str
    source: str
    results: dict[str, str]


def shown(page: str) -> Sequence[Shown]:
    """Everything that a page shows, in its order."""
    found: list[Shown] = []
    for match in _FENCED.finditer(page):
        language, content = match[2], dedent(match[3])
        if language in RESULTS:
            found[-1].results[language] = content
        else:
            found.append(Shown(language, content, {}))
    return found


def commands(page: str, *programs: str) -> Iterator[str]:
    """Every line within fences that calls one of these programs."""
    for match in _FENCED.finditer(page):
        for line in dedent(match[3]).splitlines():
            if re.match(rf"(?:\w+=\S+ )*(?:{'|'.join(programs)}) ", line):
                yield line


def holds(shown: Any, answered: Any) -> bool:
    """True when everything shown is in the answer; an answer may hold more."""
    if isinstance(shown, dict):
        return isinstance(answered, dict) and all(
            name in answered and holds(value, answered[name]) for name, value in shown.items()
        )
    if isinstance(shown, list):
        return isinstance(answered, list) and all(map(holds, shown, answered)) and len(shown) == len(answered)
    return bool(shown == answered)


def tried(command: Shown, url: str) -> None:
    """Have a shell run a command where the sandbox is; what comes has to hold what is shown. Raises AssertionError."""
    source = command.source.replace(HERE, url)
    done = subprocess.run(["bash", "-c", source], capture_output=True, text=True, check=True, timeout=10)
    head, _, body = done.stdout.replace("\r\n", "\n").rpartition("\n\n")
    got = [_known_by(line) for line in head.splitlines()]
    assert all(_known_by(line) in got for line in command.results.get("http", "").splitlines()), head
    assert holds(orjson.loads(command.results["json"]), orjson.loads(body)), body


def _known_by(line: str) -> str:
    """A line of a head, without the words of a status: Python 3.13 has new ones for 422."""
    return re.sub(r"(HTTP/1\.1 \d+).*", r"\1", line)
