"""The worlds that are served, each behind a door of its own. They share nothing; a token says whose door it opens."""

from __future__ import annotations

import itertools
import re
import secrets
from collections.abc import Iterator
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Scope

from sandbox.edge.door import Door
from sandbox.edge.visit import Visit
from sandbox.rules.access import token_in

MAIN: Final = "main"
_REQUEST_ID: Final = re.compile(r"[\w.:-]{1,100}", re.ASCII)


class Worlds:
    """Every world by its id. `main` is always there; a token of any other begins with the world's id and a dot."""

    def __init__(self, main: Door) -> None:
        self.main = main
        self._doors = {MAIN: main}
        self._begun = secrets.token_hex(4)
        self._numbers = itertools.count(1)

    def __iter__(self) -> Iterator[tuple[str, Door]]:
        """Every world's id and door."""
        return iter(list(self._doors.items()))

    def get(self, id: str) -> Door | None:
        """The door of a world, if there is such a world."""
        return self._doors.get(id)

    def add(self, id: str, door: Door) -> None:
        """Serve one more world."""
        self._doors[id] = door

    def remove(self, id: str) -> None:
        """Serve a world no longer."""
        del self._doors[id]

    def behind(self, authorization: str | None) -> Door:
        """The door that a token opens, or is refused at: the main one's unless it begins with another world's id."""
        id, dot, _ = (token_in(authorization) or "").partition(".")
        return self._doors.get(id, self.main) if dot else self.main

    def visit(self, scope: Scope) -> Visit:
        """What a request begins with. It keeps the `X-Request-Id` it brings, if that is a plain one."""
        headers = Headers(scope=scope)
        brought = headers.get("x-request-id", "")
        return Visit(
            id=brought if _REQUEST_ID.fullmatch(brought) else f"{self._begun}-{next(self._numbers)}",
            door=self.behind(headers.get("authorization")),
            method=scope["method"],
            path=scope["path"],
            query_string=scope["query_string"],
        )
