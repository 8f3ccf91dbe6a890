"""A request that was kept as text, made again of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sandbox.model import LeadProvider
from sandbox.rules.rule import Breach
from sandbox.worlds.logged_request import LoggedRequest


def recalled(world: str, told: Mapping[str, Any], aside: Mapping[str, Any]) -> LoggedRequest:
    """A request, of what was told of it and beside that."""
    sent, provider = told["sent"], told["provider"]
    request = LoggedRequest(
        id=told["id"],
        world=world,
        method=told["method"],
        path=told["path"],
        query_string=told["query"].encode("latin-1"),
        received_at=datetime.fromisoformat(aside["received_at"]),
        content_type=aside["content_type"],
        accept=aside["accept"],
        server_date=aside["server_date"],
        provider=LeadProvider(id=provider["id"], name=provider["name"]) if provider else None,
        operation=told["operation"],
        at=datetime.fromisoformat(told["at"]) if told["at"] else None,
        read_body=lambda: sent,
        status=told["status"],
        records=aside["records"],
        breaches=[Breach(each["rule"]) for each in told["broke"]],
        hint=told.get("hint"),
        fault=told["fault"],
        is_remembered=True,
    )
    request.known = set(request.names()) - set(told["ignored"])
    return request
