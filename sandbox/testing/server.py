"""A server in a thread of this process, on a free port. Its data are in memory only."""

from __future__ import annotations

import socket
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from sandbox.clock import wall_clock
from sandbox.model import Behaviour


@contextmanager
def serving(scenario: str, behaviour: Behaviour) -> Iterator[str]:
    """Serve until the block ends; where.

    Whoever only uses a sandbox that runs elsewhere is spared the import of it.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what others deprecate is nothing that whoever tests with this could mend
        from sandbox.app import build_app
        from sandbox.editions import ALL
        from sandbox.seeding.creation import Creation
        from sandbox.serving import server_of
        from sandbox.worlds.worlds import Worlds

        creation = Creation(ALL)
        worlds = Worlds(creation.fresh(scenario, behaviour, wall_clock()), creation, wall_clock)
        server = server_of(build_app(worlds))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
