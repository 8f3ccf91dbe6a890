"""`/docs/guide/`: the guide, as it was built into the package."""

from __future__ import annotations

import stat
from pathlib import PurePosixPath

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Scope

from sandbox.edge.docs import SECURITY, Assets
from sandbox.resources import folder

PATH = "/docs/guide"
LACKING = "The guide is not built here: `make docs` builds it in a checkout, `pip install` into the package.\n"


def guide_routes() -> list[BaseRoute]:
    """Its pages; where it was not built, a sentence that says how to get it."""
    site = folder("site")
    if not (site / "index.html").exists():
        return [Route(path, _lacking) for path in (PATH, f"{PATH}/{{page:path}}")]
    pages = _Pages(directory=site)

    async def first(request: Request) -> Response:
        return await pages.get_response("", request.scope)

    return [Route(PATH, first), Mount(PATH, pages)]


class _Pages(Assets):
    """Files, and of a folder its page; links in it are relative, so its address has a slash at its end."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One of them."""
        _, found = self.lookup_path(path)
        if found is None or not stat.S_ISDIR(found.st_mode):
            return await super().get_response(path, scope)
        asked = scope["raw_path"].decode("ascii")  # as it was sent: `path` has lost the slash on its way here
        if asked.endswith("/"):
            return await super().get_response(str(PurePosixPath(path, "index.html")), scope)
        return RedirectResponse(f"{PurePosixPath(asked).name}/", headers=SECURITY)


async def _lacking(_: Request) -> Response:
    return PlainTextResponse(LACKING, 404, headers=SECURITY)
