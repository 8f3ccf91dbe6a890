"""A PostgreSQL server of the tests' own, from the Debian package: in a folder that goes with it, on a Unix socket."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
MISSING = "PostgreSQL is not installed here (apt-get install postgresql)"

needs_postgresql = pytest.mark.skipif(not PROGRAMS, reason=MISSING)


class Server:
    """A running server. `url` of a database names it as `--store` does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    def url(self, database: str) -> str:
        return f"postgresql://ecf@/{database}?host={self._folder}"

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

    def start(self) -> None:
        # What is killed here is never the server's machine, so nothing needs to reach its disk.
        options = f"-c listen_addresses='' -c unix_socket_directories={self._folder} -c fsync=off"
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
            cwd=self._folder,
            user=user,
            group=user,
            extra_groups=() if user else None,
            stdout=subprocess.DEVNULL,
            check=True,
            timeout=60,
        )


@contextmanager
def running() -> Iterator[Server]:
    """A new server until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="ecf-postgresql-", dir="/tmp"))  # a socket's path must be short
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    try:
        server = Server(folder)
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")  # nothing of it needs to reach the disk
    finally:
        shutil.rmtree(folder)
