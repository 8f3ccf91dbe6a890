"""Tells a story in the terminal: each step, each request as one would write it with curl, and the answer, shortened."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import unquote

import httpx

from sandbox.story.tale import Step

WIDTH: Final = 100
MOST: Final = 3  # items of a list
INDENT: Final = "    "
ALWAYS: Final = ("now", "detail", "error")  # the time, and what a refusal says


class Narrator:
    """Says what happens as it happens: `hear` is called with every answer. In colour, if asked to.

    `say` takes the lines. `names` are the names of the providers whose tokens these are, to stand in for them.
    """

    def __init__(self, say: Callable[[str], object], *, colour: bool) -> None:
        self.names: Mapping[str, str] = {}
        self._say = say
        self._colour = colour
        self._step: Step | None = None

    def title(self, text: str) -> None:
        """Begin a story, or a branch of it."""
        self._say(f"\n{self._in('1;4', text)}\n")

    def text(self, text: str) -> None:
        """Say something about it."""
        self._say(textwrap.fill(" ".join(text.split()), WIDTH) + "\n")

    @contextmanager
    def telling(self, number: int, step: Step) -> Iterator[None]:
        """Tell a step: what is heard meanwhile is part of it, and what is heard otherwise is nobody's business."""
        self._say(self._in("1", f"{number}. {step.title}") + f"   ({step.who})\n")
        self.text(step.text)
        self._step = step
        try:
            yield
        finally:
            self._step = None

    def hear(self, response: httpx.Response) -> None:
        """Tell of a request and its answer."""
        if self._step is None:
            return
        response.read()
        self._say(textwrap.indent(self._in("36", self._curl(response.request)), INDENT))
        status = f"{response.status_code} {response.reason_phrase}"
        if rule := response.headers.get("X-Sandbox-Rule"):
            status += f"   (X-Sandbox-Rule: {rule})"
        self._say(textwrap.indent(self._in("33" if response.is_error else "32", status), INDENT))
        shown = shortened(response.json(), (*ALWAYS, *self._step.look_at)) if response.content else None
        self._say(textwrap.indent("…" if shown is None else written(shown), INDENT) + "\n")

    def _curl(self, request: httpx.Request) -> str:
        parts = [f"curl {'' if request.method == 'GET' else f'-X {request.method} '}-g '{unquote(str(request.url))}'"]
        authorization = request.headers.get("Authorization", "")
        if name := self.names.get(authorization.removeprefix("Bearer ")):
            parts.append(f'-H "Authorization: Bearer ${name}_TOKEN"')
        if request.content:
            body = written(json.loads(request.content)).replace("'", "'\\''")
            parts += ["-H 'Content-Type: application/json'", f"-d '{body}'"]
        return " \\\n  ".join(parts)

    def _in(self, style: str, text: str) -> str:
        return f"\033[{style}m{text}\033[0m" if self._colour else text


def shortened(value: Any, look_at: Collection[str]) -> Any:
    """As much of an answer as holds what there is to look at; None, if it holds none of that.

    An object that has some of it itself is not searched any further.
    """
    if isinstance(value, list):
        return _first([found for item in value if (found := shortened(item, look_at)) is not None]) or None
    if not isinstance(value, dict):
        return None
    own = {name: _first(held) for name, held in value.items() if name in look_at}
    inner = {name: found for name, held in value.items() if (found := shortened(held, look_at)) is not None}
    return own or inner or None


def _first(value: Any) -> Any:
    """A list without most of what it holds; anything else as it is."""
    if not isinstance(value, list) or len(value) <= MOST:
        return value
    return [*value[:MOST], f"… and {len(value) - MOST} more"]


def written(value: Any) -> str:
    """JSON; an object or a list is on one line where it fits."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) <= WIDTH - 2 * len(INDENT):
        return line
    match value:
        case dict():
            return _enclosed("{", [f"{json.dumps(name)}: {written(held)}" for name, held in value.items()], "}")
        case list():
            return _enclosed("[", [written(item) for item in value], "]")
    return line


def _enclosed(begin: str, lines: Sequence[str], end: str) -> str:
    return "\n".join([begin, textwrap.indent(",\n".join(lines), "  "), end])
