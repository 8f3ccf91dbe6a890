"""The way in: whether a request is for one of the pages. They are made when the first of them is asked for."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.edge.control.access import Door
from sandbox.worlds.worlds import Worlds

_PAGES: Final = re.compile(r"/|/(?:worlds|invitations|rules|console|sign-in|sign-out)(?:/.*)?", re.DOTALL)


class Console:
    """The pages. Whoever may use the control API may use them; rules are there for everybody to read."""

    def __init__(self, worlds: Worlds, door: Door) -> None:
        self._worlds = worlds
        self._door = door
        self._app: ASGIApp | None = None

    def acts_through(self, app: ASGIApp) -> None:
        """Have everything that is done here asked of this application, which the pages are part of."""
        self._app = app

    @cached_property
    def _site(self) -> ASGIApp:
        from sandbox.edge.console.site import Site  # a start of the server need not wait for it

        assert self._app is not None, "a console acts through an application"
        return Site(self._worlds, self._door, self._app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request. Raises HTTPException when it is for no page."""
        if _PAGES.fullmatch(scope["path"]) is None:
            raise HTTPException(404)
        await self._site(scope, receive, send)
