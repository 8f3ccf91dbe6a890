"""What takes long to make from files that seldom change, kept beside them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

FOLDER: Final = "__prepared__"


def prepared(place: Path, name: str, made_from: Iterable[Path], make: Callable[[], bytes]) -> bytes:
    """What `make` returns, or returned before, if none of the files it is made from has changed since.

    It lies in a folder of its own in `place`. Where nothing can be written it is made each time.
    """
    stamp, path = _stamp(made_from), place / FOLDER / name
    with suppress(OSError):
        known, _, content = path.read_bytes().partition(b"\n")
        if known == stamp:
            return content
    content = make()
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        unfinished = path.with_name(f"{name}.{os.getpid()}")
        unfinished.write_bytes(stamp + b"\n" + content)
        unfinished.replace(path)
    return content


def _stamp(files: Iterable[Path]) -> bytes:
    """Says how the files are, without reading them."""
    states = [(str(file), (state := file.stat()).st_mtime_ns, state.st_size) for file in sorted(files)]
    return sha256(repr(states).encode()).hexdigest().encode()
