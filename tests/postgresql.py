"""A PostgreSQL server of the tests' own, from the Debian package: in a folder that goes with it, on a Unix socket."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import psycopg
import pytest

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
MISSING = "PostgreSQL is not installed here (apt-get install postgresql)"

needs_postgresql = pytest.mark.skipif(not PROGRAMS, reason=MISSING)


class Server:
    """A running server. `url` of a database names it as `--store` does."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self.durable = durable
        self.folder = folder
        self._numbers = count(1)

    def url(self, database: str) -> str:
        return f"postgresql://ecf@/{database}?host={self.folder}"

    @property
    def process(self) -> int:
        """The one whose children serve connections."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def new_database(self) -> str:
        """The address of an empty one."""
        name = f"test{next(self._numbers)}"
        self.ask(f"CREATE DATABASE {name}", self.url("postgres"))
        return self.url(name)

    def ask(self, statement: str, url: str) -> list[tuple[object, ...]]:
        """The rows that a statement is answered with."""
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def restart(self) -> None:
        """End every connection, and be there again."""
        self.stop()
        self.start()

    def kill(self) -> None:
        """End it as a power cut would, and start it again: it recovers what was committed."""
        backends = Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split()
        for process in (self.process, *map(int, backends)):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while any(Path(f"/proc/{process}").exists() for process in backends):
            time.sleep(0.02)
        self.start()

    def start(self) -> None:
        # What is killed here is never the server's machine, so nothing needs to reach its disk, unless it is measured.
        fsync = "on" if self.durable else "off"
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync={fsync}"
        self._run("pg_ctl", "-D", "data", "-w", "-s", "-l", "log", "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        self._run("pg_ctl", "-D", "data", "-w", "-s", "-m", mode, "stop")

    def make(self) -> None:
        self._run(
            "initdb", "-D", "data", "--no-sync", "--auth=trust", "--username=ecf", "--encoding=UTF8", "--locale=C"
        )

    def _run(self, program: str, *arguments: str) -> None:
        """Run one of its programs, none of which wants to be run by root."""
        user = "postgres" if os.geteuid() == 0 else None
        command = [str(PROGRAMS[-1].with_name(program)), *arguments]
        subprocess.run(
            command,
            cwd=self.folder,
            user=user,
            group=user,
            extra_groups=() if user else None,
            stdout=subprocess.DEVNULL,
            check=True,
            timeout=60,
        )


@contextmanager
def running(*, durable: bool = False) -> Iterator[Server]:
    """A new server until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="ecf-postgresql-", dir="/tmp"))  # a socket's path must be short
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    try:
        server = Server(folder, durable=durable)
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")  # nothing of it needs to reach the disk
    finally:
        shutil.rmtree(folder)
