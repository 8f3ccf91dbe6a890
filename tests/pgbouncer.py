"""A PgBouncer of the tests' own, from the Debian package, in front of their PostgreSQL."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .postgresql import Server

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
MISSING = "PgBouncer is not installed here (apt-get install pgbouncer)"

needs_pgbouncer = pytest.mark.skipif(PROGRAM is None, reason=MISSING)

SETTINGS = """\
[databases]
* = host={server} user=ecf

[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = {folder}
auth_type = any
pool_mode = {mode}
default_pool_size = 40
logfile = {folder}/log
"""


@contextmanager
def pooling(server: Server, mode: str) -> Iterator[Path]:
    """The folder of the socket of one that lends connections for a "session", or a "transaction"."""
    assert PROGRAM is not None
    folder = Path(tempfile.mkdtemp(prefix="ecf-pgbouncer-", dir="/tmp"))
    settings = folder / "pgbouncer.ini"
    settings.write_text(SETTINGS.format(server=server.folder, folder=folder, mode=mode))
    user = "postgres" if os.geteuid() == 0 else None  # it does not want to be run by root
    if user is not None:
        shutil.chown(folder, user, user)
    program = subprocess.Popen(
        [PROGRAM, "-q", str(settings)], user=user, group=user, extra_groups=() if user else None, cwd=folder
    )
    try:
        _wait_for(folder / ".s.PGSQL.6432", program)
        yield folder
    finally:
        program.terminate()
        program.wait(10)
        shutil.rmtree(folder)


def _wait_for(path: Path, program: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 10
    while True:
        with socket.socket(socket.AF_UNIX) as tried:
            if tried.connect_ex(str(path)) == 0:
                return
        assert program.poll() is None, "it did not start"
        assert time.monotonic() < deadline
        time.sleep(0.02)
