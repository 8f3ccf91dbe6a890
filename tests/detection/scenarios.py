"""Scenarios of the contract tests, told until the first fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from contract_tests.config import Behaviour
from tests.detection.host import Host


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A scenario that was told: in whose name it failed, if it did, and what of all that it asked was kept."""

    id: str
    version: str | None = None
    marks: tuple[str, ...] = ()
    seconds: float = 0.0
    outcome: str = "failed"
    check: str = ""
    paths: tuple[str, ...] = ()

    @property
    def found(self) -> str:
        """In whose name it failed: its rules, or the check."""
        return ", ".join(self.marks) or self.check


def tell(
    host: Host,
    url: str,
    token: str,
    behaviour: Behaviour,
    chosen: Sequence[str] | None = None,
    *,
    read_only: bool = False,
    stop: bool = True,
    whole: bool = False,
    listener: str = "",
) -> list[Told]:
    """Tell the scenarios chosen, or all but those made up at random; `stop` at the first that fails."""
    config = {"base_url": url, "token": token, "behaviour": behaviour, "read_only": read_only}
    lines = list(host.tell(config, chosen, stop=stop, whole=whole, listener=listener))
    told = [_told(line) for line in lines if line["kind"] == "scenario"]
    stopped = [Told(id="the run", check=line["reason"]) for line in lines if line["kind"] == "stopped"]
    return told + stopped


def _told(line: dict[str, Any]) -> Told:
    return Told(
        id=line["id"],
        version=line["version"],
        marks=(*line["refuses"], *line["accepts"], *line["checks"]),
        seconds=line["seconds"],
        outcome=line["outcome"],
        check=(line["failure"] or {}).get("check", ""),
        paths=tuple(dict.fromkeys(urlsplit(each["url"]).path for each in line["exchanges"])),
    )
