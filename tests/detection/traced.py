"""`ecf-sandbox`, and which lines of it run on behalf of whom: `python -m tests.detection.traced serve …`.

A file is written at the end, named by the environment (`TRACED_INTO`). On whose behalf it runs it is told on a socket
(`TRACED_ON`).
"""

from __future__ import annotations

import os
import runpy
import socketserver
import sys
from pathlib import Path
from threading import Thread

import coverage

INTO, ON = "TRACED_INTO", "TRACED_ON"


def main() -> None:
    """Serve until it is ended."""
    root = Path(__file__).parents[2]
    tracer = coverage.Coverage(data_file=os.environ[INTO], include=[str(root / "sandbox" / "*")], config_file=False)

    class Told(socketserver.StreamRequestHandler):
        """Each line is the name of whoever is served from now on."""

        def handle(self) -> None:
            for line in self.rfile:
                tracer.switch_context(line.decode().strip())
                self.wfile.write(b"\n")

    listener = socketserver.ThreadingUnixStreamServer(os.environ[ON], Told)
    listener.daemon_threads = True
    Thread(target=listener.serve_forever, daemon=True).start()
    tracer.start()
    sys.argv[0] = "ecf-sandbox"
    try:
        runpy.run_module("sandbox", run_name="__main__")
    finally:
        tracer.stop()
        tracer.save()


if __name__ == "__main__":
    main()
