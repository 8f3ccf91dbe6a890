"""Bare Starlette: one route, which turns what it has at hand into JSON with orjson. `bare.py PORT CONTENTS`."""

from __future__ import annotations

import sys
from pathlib import Path

import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

CONTENTS = orjson.loads(Path(sys.argv[2]).read_bytes())


async def answer(request: Request) -> Response:
    return Response(orjson.dumps(CONTENTS[request.url.path]), media_type="application/vnd.api+json")


uvicorn.run(
    Starlette(routes=[Route("/{path:path}", answer)]),
    port=int(sys.argv[1]),
    access_log=False,
    log_level="error",
    lifespan="off",
)
