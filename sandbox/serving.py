"""How an application is served: over HTTP/1.1 by uvicorn, which says nothing unless something goes wrong."""

from __future__ import annotations

import uvicorn
from starlette.types import ASGIApp

from sandbox.edge.connection import Connection


def server_of(app: ASGIApp) -> uvicorn.Server:
    """A server of this application, ready to run."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=Connection,
            access_log=False,
            log_level="warning",
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=5,
            ws="none",
        )
    )
