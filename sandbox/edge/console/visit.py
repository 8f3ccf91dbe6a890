"""One visit of a page: what is asked, by whom, and how it is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, NoReturn
from urllib.parse import quote, urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sandbox.edge.arrival import arrival_of
from sandbox.edge.console import notices
from sandbox.edge.console.access import control_token
from sandbox.edge.console.asking import Answered, Asking, Fault, Json
from sandbox.edge.console.notices import Notice
from sandbox.edge.console.templating import Templates
from sandbox.edge.keeping import durable, turn
from sandbox.store.protocol import Reader
from sandbox.worlds.world import ServedWorld
from sandbox.worlds.worlds import Worlds


class Unavailable(Exception):
    """A page that cannot be shown: its heading, and what to do."""

    def __init__(self, status: int, heading: str, *reasons: str) -> None:
        super().__init__(heading)
        self.status = status
        self.heading = heading
        self.reasons = reasons


@dataclass(frozen=True)
class Visit:
    """A request for a page. `ids` come from its path, `form` is what was sent.

    `tokens` are those that were issued for the console to act with, by the ids of world and provider; `reached` is the
    world of the path.
    """

    request: Request
    worlds: Worlds
    asking: Asking
    templates: Templates
    ids: Mapping[str, str]
    tokens: dict[tuple[str, str], str]
    form: FormData = field(default_factory=FormData)
    reached: ServedWorld | None = None

    @property
    def query(self) -> Mapping[str, str]:
        """What the address asks for beyond its path; the last of several of one name. What is empty is not asked."""
        return {name: value for name, value in self.request.query_params.items() if value}

    @property
    def path(self) -> str:
        """The path of the page, as an address has it."""
        return quote(self.request.scope["path"])

    def sent(self, name: str) -> str:
        """A field of the form as text, without spaces around it; empty when it was not sent."""
        value = self.form.get(name)
        return value.strip() if isinstance(value, str) else ""

    @property
    def world(self) -> ServedWorld:
        """The world of the path, which the control API has shown. Raises Unavailable."""
        if self.reached is None:
            missing(f"There is no world {self.ids['world']}", "Choose another world, or make a new one.")
        return self.reached

    async def reading(self) -> Reader:
        """The world's records, with everything settled that has fallen due."""
        world, logged = self.world, arrival_of(self.request.scope).logged
        await world.store.look()
        await turn(world, logged)
        with world.store.exclusive():
            world.moment({})
        await durable(world, logged)
        return world.reading()

    def at(self, path: str = "") -> str:
        """The address of a page of this world."""
        return f"/worlds/{quote(self.ids['world'], safe='')}{path}"

    async def control(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: Json | bytes | None = None
    ) -> Answered:
        """What the control API answers."""
        return await self.asking.control(self.request, method, path, query=query, body=body)

    async def in_world(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: Json | None = None
    ) -> Answered:
        """What the control API answers about this world."""
        asked = {"world": self.ids["world"]} | dict(query or {})
        return await self.control(method, path, query=asked, body=body)

    def show(self, template: str, status: int = 200, faults: Sequence[Fault] = (), **content: Any) -> Response:
        """A page. `faults` stand above it, when what was sent is not done."""
        if self.reached is not None and "world" not in content:
            world = self.reached
            content["world"] = {
                "id": self.ids["world"],
                "edition": world.edition.name,
                "is_register": world.edition.own is not None,
                "now": world.now(),
                "frozen": world.record.frozen,
                "defects": [defect.name for defect in world.defects],
            }
            content["at"] = self.at
        notice = notices.left(self.request, self.path) if status == HTTPStatus.OK else None
        text = self.templates.render(
            template,
            path=self.request.scope["path"],
            faults=faults,
            notice=notice,
            signed_in=control_token(self.request) is not None,
            query=self.query,
            **content,
        )
        response = HTMLResponse(text, status)
        if notice is not None:
            notices.take(response, self.path)
        return response

    def go(self, path: str, title: str = "", *, query: Mapping[str, str] | None = None, **notice: Any) -> Response:
        """On to another page, which says what was done."""
        response = RedirectResponse(path + (f"?{urlencode(query)}" if query else ""), 303)
        if title:
            notices.leave(response, path, Notice(title=title, **notice))
        return response


def found(answered: Answered) -> Any:
    """What the control API answered. Raises Unavailable when it refused."""
    if not answered.is_done:
        status = answered.status if answered.status in (401, 403, 404) else 422
        heading = "There is nothing here" if status == 404 else "This cannot be shown"
        raise Unavailable(status, heading, *(fault.detail for fault in answered.faults))
    return answered.json


def missing(what: str, advice: str) -> NoReturn:
    """Say that something is not there. Raises Unavailable."""
    raise Unavailable(404, what, advice)
