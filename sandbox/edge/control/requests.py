"""Why: the requests a world was asked last, the rules they broke, what these saw, and what would have been accepted."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from sandbox.actions.call import CallBy
from sandbox.actions.regathering import regather
from sandbox.edge.control.plain import plain
from sandbox.edge.control.processes import kept_in_memory
from sandbox.edge.control.request import ControlRequest, Declined
from sandbox.edge.wording import message
from sandbox.model import LeadProvider, Schedule
from sandbox.rules.nearest import Nearest, nearest
from sandbox.rules.rule import Breach
from sandbox.worlds.logged_request import LoggedRequest
from sandbox.worlds.world import new_id

Json = dict[str, Any]


@kept_in_memory("What a world was asked is")
def list_requests(request: ControlRequest) -> Json:
    """`GET /requests`."""
    wanted = (logged for logged in reversed(request.world.log) if _is_wanted(logged, request.query))
    return {"requests": [_presented(request, logged) for logged in islice(wanted, request.query["limit"])]}


@kept_in_memory("What a world was asked is")
def get_request(request: ControlRequest) -> Json:
    """`GET /requests/{id}`."""
    id = request.ids["id"]
    logged = next((logged for logged in reversed(request.world.log) if logged.id == id), None)
    if logged is None:
        raise Declined(
            404, ("id", f"This world remembers no request {id}. GET /sandbox/requests lists those it remembers.")
        )
    return {"request": _presented(request, logged)}


def _is_wanted(logged: LoggedRequest, query: Mapping[str, Any]) -> bool:
    """True when the filters let a request through."""
    return (
        query.get("refused", bool(logged.breaches)) == bool(logged.breaches)
        and query.get("status", logged.status) == logged.status
        and ("provider" not in query or (logged.provider is not None and _is_named(logged.provider, query["provider"])))
    )


def _is_named(provider: LeadProvider, name: str) -> bool:
    """True for a provider's id, its name, or the first word of its name."""
    return name.lower() in (provider.id, provider.name.lower(), provider.name.lower().partition(" ")[0])


def _presented(request: ControlRequest, logged: LoggedRequest) -> Json:
    provider = logged.provider
    return {
        "id": logged.id,
        "at": logged.at,
        "method": logged.method,
        "path": logged.path,
        "query": logged.query_string.decode("latin-1"),
        "operation": logged.operation,
        "provider": {"id": provider.id, "name": provider.name} if provider else None,
        "status": logged.status,
        "fault": logged.fault,
        "sent": plain(logged.sent),
        "ignored": logged.ignored,
        "broke": [_broken(request, logged, breach) for breach in logged.breaches],
    }


def _broken(request: ControlRequest, logged: LoggedRequest, breach: Breach) -> Json:
    """A rule that a request broke, and all there is to say of it."""
    rule = request.world.edition.catalogue()[breach.rule_id]
    title, detail = message(request.world.edition.catalogue(), breach)
    found = _nearest(request, logged, breach)
    return {
        "rule": breach.rule_id,
        "summary": rule["summary"],
        "guidance": rule.get("x-guidance"),
        "title": title,
        "detail": detail,
        "facts": None if breach.facts is None else plain(breach.facts),
        "nearest": None if found is None else _presented_nearest(found),
    }


def _nearest(request: ControlRequest, logged: LoggedRequest, breach: Breach) -> Nearest | None:
    """What would have been accepted instead, at the time of the request."""
    if logged.provider is None or logged.at is None or not breach.rules:
        return None
    reader = request.world.reading()
    call: CallBy[Any] = CallBy(now=logged.at, rules=request.world.rules, new_id=new_id, provider=logged.provider)
    gather = regather(reader, call, breach.facts)
    return None if gather is None else nearest(breach, gather, list(reader.all(Schedule)))


def _presented_nearest(found: Nearest) -> Json:
    still = ", ".join(found.still_broken)
    return {
        "attribute": found.attribute,
        "value": found.values[0],
        "values": found.values,
        "accepted": not still,
        "note": (
            f"With this value {found.attribute} is as it should be, but the request still breaks {still}."
            if still
            else "With this value, and the rest as it was sent, the request is accepted."
        ),
    }
