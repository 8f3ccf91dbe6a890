"""What a page shows: commands and programs, each with what comes of it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
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


def said_to_a_shell(page: str) -> Iterator[str]:
    """Every command that a page shows and does not say the outcome of, whole, however many lines it takes."""
    for each in shown(page):
        if each.language == "bash" and "json" not in each.results:
            begun = ""
            for line in each.source.splitlines():
                begun += line + "\n"
                if _is_whole(begun):
                    yield begun.strip()
                    begun = ""
            assert not begun, begun


def indented(page: str) -> Sequence[str]:
    """The first line of each block that is set off by its indent alone, outside of fences and lists."""
    return re.findall(r"(?<=\n\n)    (?=\S)(?!```)(.*)", _FENCED.sub("", page))


def _is_whole(command: str) -> bool:
    if command.endswith("\\\n"):
        return False
    try:
        shlex.split(command, comments=True)
    except ValueError:
        return False
    return True


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


def ran(source: str, url: str, folder: Path) -> str:
    """What a shell prints that runs commands in a folder, with the sandbox where it is and its commands at hand."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    command = ["bash", "-e", "-c", source.replace(HERE, url)]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=True, timeout=30
    ).stdout


def tried(command: Shown, url: str, folder: Path) -> None:
    """Have a shell run a command where the sandbox is; what comes has to hold what is shown. Raises AssertionError."""
    answer = ran(command.source, url, folder)
    head, _, body = answer.replace("\r\n", "\n").rpartition("\n\n")
    got = [_known_by(line) for line in head.splitlines()]
    assert all(_known_by(line) in got for line in command.results.get("http", "").splitlines()), head
    assert holds(orjson.loads(command.results["json"]), orjson.loads(body)), body


def _known_by(line: str) -> str:
    """A line of a head, without the words of a status: Python 3.13 has new ones for 422."""
    return re.sub(r"(HTTP/1\.1 \d+).*", r"\1", line)
