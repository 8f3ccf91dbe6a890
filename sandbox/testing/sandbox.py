"""A whole sandbox: one of your own, or one that runs elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from weakref import finalize

import httpx

from .control import Control
from .server import serving
from .world import World

if TYPE_CHECKING:
    from sandbox.model import Behaviour

MAIN = "main"


class Sandbox(World):
    """A running sandbox; it acts in the main world itself, and makes private ones.

    Without `url` it is one of your own, in memory, gone when it is closed, or when nothing is left that acts in it.
    `on_answer` is called with every answer. Use it as a context manager, or close it yourself.
    """

    def __init__(
        self,
        url: str | None = None,
        *,
        control_token: str | None = None,
        scenario: str = "main",
        behaviour: Behaviour = "documented",
        on_answer: Callable[[httpx.Response], None] | None = None,
    ) -> None:
        if url is not None and not re.fullmatch(r"https?://[^/?#]+/?", url):
            raise ValueError(f"{url!r} is not where a sandbox is: write http://host:port, without a path.")
        with ExitStack() as opened:
            url = url or opened.enter_context(serving(scenario, behaviour))
            hooks: dict[str, list[Callable[..., Any]]] = {"response": [on_answer]} if on_answer else {}
            self._http = _Client(base_url=url, event_hooks=hooks, timeout=30)
            # Whatever acts here has the client, so that `Sandbox().clock.now()` is answered before the server ends.
            self._end = finalize(self._http, opened.pop_all().close)
        super().__init__(Control(self._http, control_token), MAIN, {})

    @contextmanager
    def world(self, **details: Any) -> Iterator[World]:
        """A private world, fresh from its seeds, until the block ends: `world(scenario="first-cohort")`."""
        made = self._everywhere.send("POST", "/worlds", details)
        try:
            yield World(self._everywhere, made["id"], {p["id"]: p["token"] for p in made["providers"]})
        finally:
            self._everywhere.send("DELETE", f"/worlds/{made['id']}")

    def close(self) -> None:
        """Let go of it; one of your own is no more."""
        self._http.close()
        self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class _Client(httpx.Client):
    """Lets go of its connections when nobody has it any more."""

    def __del__(self) -> None:
        self.close()
