"""A cache of files: what takes long to make from files that seldom change, kept in a folder of the user's.

Never beside the code, which may lie where nobody should write. The environment variable ECF_SANDBOX_CACHE names another
folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from platformdirs import user_cache_path

VARIABLE: Final = "ECF_SANDBOX_CACHE"


class FileCache:
    """Files in a folder, each of use for as long as none of the files it was made from changes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str, made_from: Iterable[Path], make: Callable[[], bytes]) -> bytes:
        """What `make` returns, or returned before, if none of the files it is made from has changed since.

        Where nothing can be written it is made each time.
        """
        files = sorted(made_from)
        stamp, path = _stamp(files), self.folder / f"{_place(files)}-{name}"
        with suppress(OSError):
            known, _, content = path.read_bytes().partition(b"\n")
            if known == stamp:
                return content
        content = make()
        with suppress(OSError):
            _write(path, stamp + b"\n" + content)
        return content


def user_cache() -> FileCache:
    """The cache of whoever runs this."""
    return FileCache(Path(os.environ.get(VARIABLE) or user_cache_path("ecf-sandbox", appauthor=False)))


def _write(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all, however many processes write it at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as unfinished:
        try:
            unfinished.write(content)
            unfinished.close()
            Path(unfinished.name).replace(path)
        except BaseException:
            Path(unfinished.name).unlink(missing_ok=True)
            raise


def _stamp(files: Sequence[Path]) -> bytes:
    """Says how the files are, without reading them."""
    states = [(str(file), (state := file.stat()).st_mtime_ns, state.st_size) for file in files]
    return _digest(states).encode()


def _place(files: Sequence[Path]) -> str:
    """Says where the files are, so that two copies of the sandbox do not take turns in overwriting one another's."""
    return _digest(os.path.commonpath(files))[:12]


def _digest(value: object) -> str:
    return sha256(repr(value).encode()).hexdigest()
