"""The pages by their addresses, and what comes of those that cannot be shown."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.edge.body import whole
from sandbox.edge.console import access
from sandbox.edge.console.asking import Asking
from sandbox.edge.console.pages import (
    acts,
    clock,
    defects,
    faults,
    home,
    invitations,
    migration,
    people,
    provider_acts,
    readiness,
    requests,
    rules,
    schedules,
    schools,
    signing_in,
    statements,
    worlds,
)
from sandbox.edge.console.templating import Templates
from sandbox.edge.console.visit import Unavailable, Visit, found
from sandbox.edge.control.access import Door
from sandbox.edge.control.endpoint import LARGEST
from sandbox.edge.control.request import Declined
from sandbox.store.protocol import StoreProblem
from sandbox.worlds.worlds import Worlds

Page = Callable[[Visit], Awaitable[Response]]

_LOG: Final = logging.getLogger(__name__)
_POLICY: Final = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
SECURITY: Final[Mapping[str, str]] = {
    "content-security-policy": _POLICY,
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    # Forms have to say where they come from; no other site is told.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}

PAGES: Final[tuple[tuple[str, str, Page], ...]] = (
    ("GET", "/", home.show),
    ("GET", "/sign-in", signing_in.show),
    ("POST", "/sign-in", signing_in.sign_in),
    ("POST", "/sign-out", signing_in.sign_out),
    ("GET", "/rules", rules.show_all),
    ("GET", "/rules/{rule}", rules.show),
    ("GET", "/rules/{edition}/{rule}", rules.show),
    ("GET", "/invitations", invitations.show),
    ("POST", "/invitations", invitations.change),
    ("GET", "/worlds", worlds.show_all),
    ("GET", "/worlds/new", worlds.show_form),
    ("POST", "/worlds/new", worlds.make),
    ("GET", "/worlds/import", worlds.show_import),
    ("POST", "/worlds/import", worlds.bring_in),
    ("GET", "/worlds/{world}", worlds.show),
    ("GET", "/worlds/{world}/export", worlds.export),
    ("GET", "/worlds/{world}/reset", worlds.ask_reset),
    ("POST", "/worlds/{world}/reset", worlds.reset),
    ("GET", "/worlds/{world}/delete", worlds.ask_delete),
    ("POST", "/worlds/{world}/delete", worlds.delete),
    ("POST", "/worlds/{world}/rate-limit", worlds.limit_rate),
    ("GET", "/worlds/{world}/clock", clock.show),
    ("POST", "/worlds/{world}/clock", clock.change),
    ("GET", "/worlds/{world}/people", people.show_all),
    ("GET", "/worlds/{world}/people/{id}", people.show),
    ("GET", "/worlds/{world}/acts/{operation}", acts.show),
    ("POST", "/worlds/{world}/acts/{operation}", acts.carry_out),
    ("GET", "/worlds/{world}/provider-acts/{operation}", provider_acts.show),
    ("POST", "/worlds/{world}/provider-acts/{operation}", provider_acts.carry_out),
    ("GET", "/worlds/{world}/schools", schools.show),
    ("GET", "/worlds/{world}/schedules", schedules.show),
    ("GET", "/worlds/{world}/statements", statements.show_all),
    ("GET", "/worlds/{world}/statements/{id}", statements.show),
    ("GET", "/worlds/{world}/requests", requests.show_all),
    ("GET", "/worlds/{world}/requests/{id}", requests.show),
    ("GET", "/worlds/{world}/readiness", readiness.show),
    ("GET", "/worlds/{world}/readiness/export", readiness.export),
    ("GET", "/worlds/{world}/migration", migration.show),
    ("POST", "/worlds/{world}/migration", migration.carry_over),
    ("GET", "/worlds/{world}/faults", faults.show),
    ("POST", "/worlds/{world}/faults", faults.change),
    ("GET", "/worlds/{world}/defects", defects.show),
    ("POST", "/worlds/{world}/defects", defects.change),
)
_FOR_ALL: Final = ("/rules", "/console", "/sign-in", "/sign-out")
_HEADINGS: Final = {404: "There is no such page", 405: "This page cannot be asked for like that"}


class Site:
    """Answers every request for a page with one, whatever becomes of it."""

    def __init__(self, worlds: Worlds, door: Door, app: ASGIApp) -> None:
        self._worlds = worlds
        self._door = door
        self._asking = Asking(app)
        self._templates = Templates()
        self._tokens: dict[tuple[str, str], str] = {}
        self._files = StaticFiles(directory=Path(__file__).parent / "static")
        by_pattern: dict[str, dict[str, Page]] = {}
        for method, pattern, page in PAGES:
            by_pattern.setdefault(pattern, {})[method] = page
        self._routes = [(compile_path(pattern)[0], methods) for pattern, methods in by_pattern.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        request = Request(scope, receive)
        visit = Visit(request, self._worlds, self._asking, self._templates, {}, self._tokens)
        try:
            response = await self._answer(request, visit)
        except Unavailable as problem:
            response = _unavailable(visit, problem)
        except StoreProblem as problem:
            _LOG.error("%s %s failed: %s", request.method, request.scope["path"], problem)
            response = _unavailable(visit, Unavailable(503, "The records cannot be read", str(problem)))
        response.headers.update(SECURITY)
        await response(scope, receive, send)

    async def _answer(self, request: Request, visit: Visit) -> Response:
        path = request.scope["path"]
        if path.startswith("/console/"):
            return await self._file(path.removeprefix("/console/"), request.scope)
        page, ids = self._page(request)
        form = FormData()
        if request.method == "POST":
            if access.is_from_elsewhere(request):
                raise Unavailable(
                    403,
                    "This was sent from another site",
                    "Nothing was done. Open the page here, and send the form from there.",
                )
            form = await _form(request)
        if not path.startswith(_FOR_ALL):
            try:
                await access.admit(self._door, request)
            except Declined as declined:
                return _declined(visit, declined)
        try:
            return await _shown(page, replace(visit, ids=ids, form=form))
        finally:
            await form.close()

    def _page(self, request: Request) -> tuple[Page, Mapping[str, str]]:
        """What answers a request. Raises Unavailable."""
        method = "GET" if request.method == "HEAD" else request.method
        for pattern, methods in self._routes:
            if match := pattern.match(request.scope["path"]):
                if method in methods:
                    return methods[method], match.groupdict()
                raise Unavailable(405, _HEADINGS[405], "Go back to the page before, and use the form there.")
        raise Unavailable(404, _HEADINGS[404], "Check the address, or start from the list of worlds.")

    async def _file(self, path: str, scope: Scope) -> Response:
        try:
            return await self._files.get_response(path, scope)
        except HTTPException as error:
            raise Unavailable(error.status_code, _HEADINGS.get(error.status_code, "This is not there")) from error


async def _shown(page: Page, visit: Visit) -> Response:
    """A page, if the control API shows its world to whoever asks for it. Raises Unavailable."""
    if (id := visit.ids.get("world")) is not None:
        world = await visit.control("GET", f"/worlds/{quote(id, safe='')}")
        if world.status == 404:
            raise Unavailable(404, f"There is no world {id}", *(fault.detail for fault in world.faults))
        found(world)
        visit = replace(visit, reached=await visit.worlds.reach(id))
    return await page(visit)


async def _form(request: Request) -> FormData:
    """What a form sent. Raises Unavailable."""
    content = await whole(request.receive, LARGEST)
    if content is None:
        raise Unavailable(413, "This is too large", f"A form may have {LARGEST >> 20} megabytes.")

    async def receive() -> Message:
        return {"type": "http.request", "body": content, "more_body": False}

    try:
        return await Request(request.scope, receive).form(max_part_size=LARGEST)
    except (HTTPException, ValueError) as error:
        raise Unavailable(400, "The form could not be read", "Go back, and send it again.") from error


def _unavailable(visit: Visit, problem: Unavailable) -> Response:
    return visit.show("unavailable.html", problem.status, heading=problem.heading, reasons=problem.reasons)


def _declined(visit: Visit, declined: Declined) -> Response:
    """What is said to those who are not let in: where to sign in, or why there is nothing to sign in with."""
    if declined.status == 401:
        path = visit.request.scope["path"]
        return visit.go("/sign-in", query={"next": path} if visit.request.method == "GET" and path != "/" else None)
    return visit.show("closed.html", declined.status)
