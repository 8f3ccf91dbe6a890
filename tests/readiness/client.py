"""A client whose requests are judged: each is as its world would remember it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.readiness.finding import About, Finding
from sandbox.readiness.report import report
from sandbox.readiness.tally import Tally

BEGAN = datetime(2026, 9, 15, 9, tzinfo=UTC)
ABOUT = About(
    edition="register",
    version="v3",
    operations={
        "list_participants": "GET /api/v3/participants",
        "list_schools": "GET /api/v3/schools",
        "get_participant": "GET /api/v3/participants/{id}",
        "create_declaration": "POST /api/v3/participant-declarations",
        "create_partnership": "POST /api/v3/partnerships",
    },
    lists=["list_participants", "list_schools"],
    polled=["list_participants"],
    declaration_types=["started", "completed"],
    several_partnerships=0,
)


@dataclass
class Made:
    """A request."""

    operation: str | None
    method: str = "GET"
    path: str = ""
    query_string: bytes = b""
    status: int | None = 200
    records: int | None = None
    sent: Mapping[str, Any] = field(default_factory=dict)
    rules: Sequence[str] = ()
    ignored: Sequence[str] = ()
    fault: str | None = None
    server_date: str | None = None
    content_type: str = ""
    accept: str = "application/json"
    id: str = "a request"
    at: datetime | None = BEGAN
    received_at: datetime = BEGAN

    def __post_init__(self) -> None:
        self.path = self.path or ABOUT.operations.get(self.operation or "", "GET /api/v3/others").split()[1]


def listed(records: int, query: str = "", *, minutes: int = 0, **details: Any) -> Made:
    """A list of participants, with so many on the page."""
    return Made(
        "list_participants",
        query_string=query.encode(),
        records=records,
        at=BEGAN + timedelta(minutes=minutes),
        **details,
    )


def declared(status: int = 200, type: str = "started", **details: Any) -> Made:
    """A declaration, of somebody called Ada."""
    sent = {"participant_id": "ada", "declaration_type": type, **details.pop("sent", {})}
    return Made("create_declaration", "POST", "/api/v3/participant-declarations", status=status, sent=sent, **details)


def judged(*requests: Made, about: About = ABOUT) -> Mapping[str, Finding]:
    """What is found on each point once these were made."""
    tally = Tally()
    for request in requests:
        tally.add(request)
    points = report(tally, {"id": "northgate", "name": "Northgate"}, about).points
    return {each.point.id: each.finding for each in points}


def state(point: str, *requests: Made, about: About = ABOUT) -> str:
    """How a point stands once these were made."""
    return judged(*requests, about=about)[point].state
