"""The port that would be listened on: whether it is free, or else who has it."""

from __future__ import annotations

import errno
import json
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.request import urlopen

from sandbox.doctor.finding import Finding
from sandbox.listening import listening

LISTENS: Final = "0A"  # as Linux writes this state of a connection
PATIENCE: Final = 1  # seconds


def free(host: str, port: int) -> Finding:
    """Whether this address can be listened on."""
    try:
        with listening(host, port):
            return Finding("port", "ok", f"{host}:{port} is free." if port else f"{host} has a free one.")
    except PermissionError as error:
        return Finding(
            "port", "wrong", f"{host}:{port} may not be listened on: {error.strerror}.", "Choose a --port above 1023."
        )
    except (OSError, UnicodeError) as error:
        if not _is_taken(error):
            said = error.strerror if isinstance(error, OSError) else "it is no name of a machine"
            return Finding(
                "port",
                "wrong",
                f"{host} cannot be listened on: {said}.",
                "Choose a --host that is this machine's: 127.0.0.1, or 0.0.0.0 for all of its addresses.",
            )
    if _is_a_sandbox(port):
        return Finding(
            "port",
            "wrong",
            f"{host}:{port} is taken by {_holder(port)}: a sandbox answers at http://127.0.0.1:{port}.",
            "Use that one, or end it, or choose another --port (0 takes a free one).",
        )
    return Finding(
        "port",
        "wrong",
        f"{host}:{port} is taken by {_holder(port)}.",
        "End that, or choose another --port (0 takes a free one).",
    )


def _is_taken(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno == errno.EADDRINUSE


def _is_a_sandbox(port: int) -> bool:
    with suppress(OSError, ValueError), urlopen(f"http://127.0.0.1:{port}/health", timeout=PATIENCE) as answer:
        health = json.load(answer)
        return isinstance(health, dict) and {"status", "now"} <= health.keys()
    return False


def _holder(port: int) -> str:
    """Which process listens there, as far as the system tells this user."""
    sockets = _sockets(port)
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if any(_is_one_of(sockets, file) for file in (process / "fd").iterdir()):
                words = (process / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
                return f"process {process.name} ({' '.join(words).strip()[:100]})"
    return "another process"


def _is_one_of(sockets: frozenset[str], file: Path) -> bool:
    with suppress(OSError):
        return str(file.readlink()) in sockets
    return False


def _sockets(port: int) -> frozenset[str]:
    """The sockets that listen on a port, as Linux names them."""
    found = set()
    for table in ("tcp", "tcp6"):
        with suppress(OSError):
            for line in Path("/proc/net", table).read_text("ascii").splitlines()[1:]:
                words = line.split()
                if words[3] == LISTENS and int(words[1].rpartition(":")[2], 16) == port:
                    found.add(f"socket:[{words[9]}]")
    return frozenset(found)
