"""How an application is served: over HTTP/1.1 by uvicorn, which says nothing unless something goes wrong."""

from __future__ import annotations

import sys
from functools import partial
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from sandbox.edge.connection import KEPT_ALIVE, Connection
from sandbox.edge.crowd import Crowd

if sys.platform != "win32":
    import resource

CONNECTIONS: Final = 16_384
RESERVED: Final = 64  # files that are not connections


def server_of(app: ASGIApp) -> uvicorn.Server:
    """A server of this application, ready to run."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=partial(Connection, crowd=Crowd(_room())),  # type: ignore[arg-type]  # it is called, no more
            access_log=False,
            log_config=None,
            log_level="warning",
            lifespan="off",
            server_header=False,
            timeout_keep_alive=KEPT_ALIVE,
            timeout_graceful_shutdown=5,
            ws="none",
        )
    )


def allow_connections() -> None:
    """Let this process hold a connection open for each of many clients: some systems begin with 256 for everything."""
    if sys.platform != "win32":
        allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = CONNECTIONS if most == resource.RLIM_INFINITY else min(CONNECTIONS, most)
        if allowed != resource.RLIM_INFINITY and allowed < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _room() -> int:
    """How many connections this process may have open at once."""
    if sys.platform == "win32":
        return CONNECTIONS
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return CONNECTIONS if allowed == resource.RLIM_INFINITY else max(allowed - RESERVED, 1)
