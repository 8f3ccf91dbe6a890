"""What was recorded: sessions of requests that the DfE's own service was sent, with the whole of its answers."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

HERE: Final = Path(__file__).parent
DIFFERING: Final = HERE / "differing.txt"
OPEN_ORDER: Final = HERE / "open_order.txt"
RESOURCES: Final = ("participants", "declarations", "v3", "crawl", "walks")
CONTROL: Final = "/sandbox"


class Step(msgspec.Struct, frozen=True):
    """One request and the answer to it, which had JSON, CSV or neither.

    `raw` says that the body is sent as it stands; any other is sent as JSON.
    """

    method: str
    path: str
    status: int
    type: str
    headers: dict[str, str] = {}
    body: Any = None
    raw: bool = False
    answer: Any = msgspec.UNSET
    csv: Any = msgspec.UNSET

    @property
    def is_setup(self) -> bool:
        """True for what a school, the DfE or time did, in the words of the control API."""
        return self.path.startswith(CONTROL)


class Session(msgspec.Struct, frozen=True):
    """Steps that were taken one after the other, in a world of their own."""

    id: str
    steps: list[Step]


def copy_of(resource: str) -> Path:
    """Where the sessions about a resource are kept."""
    return HERE / "sessions" / f"ecf-{resource}.jsonl.gz"


@cache
def sessions(resource: str) -> list[Session]:
    """The sessions about a resource, in the order in which they were recorded."""
    return list(read(gzip.decompress(copy_of(resource).read_bytes())))


def read(lines: bytes) -> Iterator[Session]:
    """Sessions, one to the line."""
    decoder = msgspec.json.Decoder(Session)
    return (decoder.decode(line) for line in lines.splitlines())


def differing() -> set[str]:
    """The ids of the sessions that are answered otherwise here than there."""
    return set(DIFFERING.read_text().splitlines())


def open_order() -> set[str]:
    """The ids of the sessions that hang on an order which the service leaves open: equal keys, whatever comes first."""
    return set(OPEN_ORDER.read_text().splitlines())


def keep_differing(ids: set[str]) -> None:
    """Have the list hold these ids and no others."""
    DIFFERING.write_text("".join(f"{id}\n" for id in sorted(ids)))
