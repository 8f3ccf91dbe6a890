"""The console of an application under test, asked as a browser without JavaScript would ask it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape
from typing import Any

import httpx

from sandbox.app import build_app
from sandbox.editions import ALL
from sandbox.seeding.creation import Creation
from sandbox.seeding.scenarios import scenarios
from sandbox.worlds.worlds import Worlds
from tests.api import SetClock, played

LOOP = asyncio.new_event_loop()
NEAR = "127.0.0.1"


@cache
def application(control_token: str | None = None) -> tuple[Worlds, Any]:
    """The worlds `main` and `register`, served."""
    clock = SetClock(scenarios()["main"].starts_at)
    worlds = Worlds(played("main", "documented").fork(), Creation(ALL), clock, of_each=True)
    return worlds, build_app(worlds, control_token=control_token)


class Browser:
    """Asks for pages, keeps cookies, and follows redirects when it is told to."""

    def __init__(self, control_token: str | None = None, client: str = NEAR, at: str = "http://localhost:8080") -> None:
        self.worlds, app = application(control_token)
        transport = httpx.ASGITransport(app=app, client=(client, 50000))
        self._http = httpx.AsyncClient(transport=transport, base_url=at)

    def get(self, path: str, **headers: str) -> httpx.Response:
        return LOOP.run_until_complete(self._http.get(path, headers=headers))

    def send(self, path: str, files: Any = None, **form: str) -> httpx.Response:
        """Send a form, from a page of the console."""
        own = {"Origin": str(self._http.base_url).rstrip("/")}
        return LOOP.run_until_complete(self._http.post(path, data=form, headers=own, files=files))

    def send_from(self, headers: Mapping[str, str], path: str, **form: str) -> httpx.Response:
        """Send a form from wherever the headers say."""
        return LOOP.run_until_complete(self._http.post(path, data=form, headers=dict(headers)))

    def submit(self, path: str, files: Any = None, **form: str) -> httpx.Response:
        """Send a form that is accepted, and get the page that one is led to."""
        sent = self.send(path, files=files, **form)
        assert sent.status_code == 303, text_of(sent)
        return self.get(sent.headers["location"])

    def api(self, method: str, path: str, token: str, **content: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"}
        return LOOP.run_until_complete(self._http.request(method, path, headers=headers, **content))


def text_of(page: httpx.Response) -> str:
    """What is to be read on a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def links_of(page: httpx.Response) -> Iterator[str]:
    """Where a page leads."""
    return (unescape(href) for href in re.findall(r'href="(/[^"#]*)"', page.text))
