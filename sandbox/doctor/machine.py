"""The machine: Python, packages, room, the cache, time zones."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.cache import user_cache
from sandbox.doctor.finding import Finding

OLDEST: Final = (3, 11)
TESTED: Final = (3, 13)
LEAST: Final = 50 << 20  # bytes: a world with ten thousand people takes a tenth of it
_NAME: Final = re.compile(r"[\w.-]+")
ZONE: Final = "Europe/London"  # whose days the rules count
OPTIONAL: Final[Mapping[str, tuple[str, str, str]]] = {
    "psycopg": ("psycopg", "to keep the data in PostgreSQL (--store)", "pip install 'psycopg[binary]'"),
    "schemathesis": ("schemathesis", "for `ecf-contract verify`", "pip install 'ecf-sandbox[contract]'"),
}


def python() -> Finding:
    """Which Python runs this."""
    running = f"Python {platform.python_version()} on {platform.system()}"
    if sys.version_info < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        return Finding("python", "wrong", f"{running}, which is too old.", f"Install it with Python {oldest} or later.")
    if sys.version_info[:2] > TESTED:
        tested = ".".join(map(str, TESTED))
        return Finding(
            "python", "note", f"{running}: newer than what it is tested with.", f"If it fails, use {tested}."
        )
    return Finding("python", "ok", f"{running}.")


def packages() -> Iterator[Finding]:
    """Whether what it needs is installed, and what can be."""
    lacking = sorted(_lacking())
    if lacking:
        yield Finding("packages", "wrong", f"{', '.join(lacking)} not installed.", "Install ecf-sandbox anew with pip.")
    else:
        yield Finding("packages", "ok", "All that it needs are installed.")
    for name, (module, purpose, command) in OPTIONAL.items():
        if find_spec(module) is not None:
            yield Finding(name, "ok", f"{version(name)}, {purpose}.")
        else:
            yield Finding(name, "note", f"Not installed: it is {purpose}.", command)


def processes(workers: int) -> Finding:
    """Whether so many processes can serve."""
    if hasattr(os, "fork"):
        return Finding("processes", "ok", "Several can serve (--workers), from one database.")
    if workers > 1:
        return Finding("processes", "wrong", "They cannot divide on this system.", "Leave out --workers.")
    return Finding("processes", "ok", "One serves; on this system they cannot divide.")


def room(data: Path | None) -> Iterator[Finding]:
    """Whether there is room on the disk for the data, if they are in a folder."""
    if data is None:
        return
    place = next(each for each in (data.absolute(), *data.absolute().parents) if each.exists())
    left = shutil.disk_usage(place).free
    found = f"{left / (1 << 20):,.0f} MB are free for {data}."
    if left < LEAST:
        yield Finding("disk", "wrong", found, f"Make room: {LEAST >> 20} MB at least. Or choose another --data.")
    else:
        yield Finding("disk", "ok", found)


def cached() -> Finding:
    """Whether what takes long to make can be kept."""
    folder = user_cache().folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder) as file:
            file.write(b"\n")
    except OSError as error:
        return Finding(
            "cache",
            "note",
            f"{folder} cannot be written to ({error.strerror}): each start is some seconds slower.",
            "Allow it, or name another folder in ECF_SANDBOX_CACHE.",
        )
    return Finding("cache", "ok", f"{folder} can be written to.")


def time_zones() -> Finding:
    """Whether it is known when a day begins in London."""
    try:
        ZoneInfo(ZONE)
    except (ZoneInfoNotFoundError, OSError):
        return Finding("time zones", "wrong", f"Nothing is known of {ZONE}.", "pip install tzdata")
    return Finding("time zones", "ok", f"{ZONE} is known.")


def _lacking() -> Iterator[str]:
    """The packages that it needs on this system and that are not there."""
    try:
        needed = requires("ecf-sandbox") or []
    except PackageNotFoundError:  # it is run from a checkout
        return
    for each in needed:
        _, _, condition = each.partition(";")
        if "extra ==" in condition or ("sys_platform" in condition and not _is_of_here(condition)):
            continue
        name = _NAME.match(each)[0]  # type: ignore[index]  # a requirement begins with one
        try:
            version(name)
        except PackageNotFoundError:
            yield name


def _is_of_here(condition: str) -> bool:
    return ("!=" in condition) != (sys.platform in condition)
