"""What was recorded: sessions of requests that the DfE's own services were sent, with the whole of their answers."""

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
RECORDED: Final = ("ecf-participants", "ecf-declarations", "ecf-v3", "ecf-crawl", "ecf-walks", "register-sessions")
REGISTER: Final = "register/"
ODD: Final = "register/odd/"  # where the service's records refuse what its rules let pass
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

    @property
    def world(self) -> dict[str, str]:
        """What is said of the world that it begins in."""
        return {"behaviour": "deployed"} | ({"edition": "register"} if self.id.startswith(REGISTER) else {})

    @property
    def is_odd(self) -> bool:
        """True where any clean refusal will do in place of one in the service's bare form."""
        return self.id.startswith(ODD)


def copy_of(recording: str) -> Path:
    """Where the sessions of a recording are kept."""
    return HERE / "sessions" / f"{recording}.jsonl.gz"


@cache
def sessions(recording: str) -> list[Session]:
    """The sessions of a recording, in their order."""
    return list(read(gzip.decompress(copy_of(recording).read_bytes())))


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
