"""A server on a free port, in a thread of this process or in a process of its own. Its data are in memory only."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sandbox.model import Behaviour

PACKAGE: Final = Path(__file__).parents[1]
PROGRAM: Final = f"""
import importlib.util, sys
spec = importlib.util.spec_from_file_location("sandbox", {str(PACKAGE / "__init__.py")!r})
sys.modules["sandbox"] = package = importlib.util.module_from_spec(spec)
spec.loader.exec_module(package)
from sandbox.testing.server import in_thread
with in_thread(*sys.argv[1:]) as url:
    print(url, flush=True)
    sys.stdin.read()
"""
"""Serves until its standard input ends, with this very sandbox, whatever else is named `sandbox` there."""


def serving(scenario: str, behaviour: Behaviour) -> AbstractContextManager[str]:
    """Serve until the block ends; where. In a thread, unless another `sandbox` has the name in this process."""
    ours = __name__ == "sandbox.testing.server"
    return in_thread(scenario, behaviour) if ours else in_process(scenario, behaviour)


@contextmanager
def in_thread(scenario: str, behaviour: Behaviour) -> Iterator[str]:
    """Serve from this process.

    Whoever only uses a sandbox that runs elsewhere is spared the import of it.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what others deprecate is nothing that whoever tests with this could mend
        from sandbox.app import build_app
        from sandbox.clock import wall_clock
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
            if thread is not threading.current_thread():  # which may be the one that finds that nobody needs it
                thread.join()


@contextmanager
def in_process(scenario: str, behaviour: Behaviour) -> Iterator[str]:
    """Serve from a process that looks for no module in the current folder, and ends with this one."""
    command = [sys.executable, "-P", "-W", "ignore", "-c", PROGRAM, scenario, behaviour]
    pipe = subprocess.PIPE
    # In a session of its own, so that Ctrl-C interrupts the tests, which end it.
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        if not url:
            raise RuntimeError("The sandbox did not start. Standard error says why. Try `ecf-sandbox doctor`, too.")
        yield url
