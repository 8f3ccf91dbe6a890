"""Why: the requests a world was asked last, the rules they broke, what these saw, and what would have been accepted."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from sandbox.actions.call import Call
from sandbox.actions.regathering import again
from sandbox.edge.control.asked import Asked, Declined
from sandbox.edge.control.plain import plain
from sandbox.edge.door import new_id
from sandbox.edge.visit import Visit
from sandbox.model import LeadProvider, Schedule
from sandbox.rules.nearest import Nearest, nearest
from sandbox.rules.rule import Breach

Json = dict[str, Any]


def list_requests(asked: Asked) -> Json:
    """`GET /requests`."""
    wanted = (visit for visit in reversed(asked.door.log) if _is_wanted(visit, asked.query))
    return {"requests": [_shown(asked, visit) for visit in islice(wanted, asked.query["limit"])]}


def get_request(asked: Asked) -> Json:
    """`GET /requests/{id}`."""
    id = asked.ids["id"]
    visit = next((visit for visit in reversed(asked.door.log) if visit.id == id), None)
    if visit is None:
        raise Declined(
            404, ("id", f"This world remembers no request {id}. GET /sandbox/requests lists those it remembers.")
        )
    return {"request": _shown(asked, visit)}


def _is_wanted(visit: Visit, query: Mapping[str, Any]) -> bool:
    """True when the filters let a request through."""
    return (
        query.get("refused", bool(visit.breaches)) == bool(visit.breaches)
        and query.get("status", visit.status) == visit.status
        and ("provider" not in query or (visit.provider is not None and _is_named(visit.provider, query["provider"])))
    )


def _is_named(provider: LeadProvider, name: str) -> bool:
    """True for a provider's id, its name, or the first word of its name."""
    return name.lower() in (provider.id, provider.name.lower(), provider.name.lower().partition(" ")[0])


def _shown(asked: Asked, visit: Visit) -> Json:
    provider = visit.provider
    return {
        "id": visit.id,
        "at": visit.at,
        "method": visit.method,
        "path": visit.path,
        "query": visit.query_string.decode("latin-1"),
        "operation": visit.operation,
        "provider": {"id": provider.id, "name": provider.name} if provider else None,
        "status": visit.status,
        "fault": visit.fault,
        "sent": plain(visit.sent),
        "broke": [_broken(asked, visit, breach) for breach in visit.breaches],
    }


def _broken(asked: Asked, visit: Visit, breach: Breach) -> Json:
    """A rule that a request broke, and all there is to say of it."""
    rule = asked.catalogue.rules[breach.rule_id]
    title, detail = asked.catalogue.told(breach)
    found = _nearest(asked, visit, breach)
    return {
        "rule": breach.rule_id,
        "summary": rule["summary"],
        "guidance": rule.get("x-guidance"),
        "title": title,
        "detail": detail,
        "facts": None if breach.facts is None else plain(breach.facts),
        "nearest": None if found is None else _nearest_shown(found),
    }


def _nearest(asked: Asked, visit: Visit, breach: Breach) -> Nearest | None:
    """What would have been accepted instead, at the time of the request."""
    if visit.provider is None or visit.at is None or not breach.stages:
        return None
    reader = asked.door.reading()
    call = Call(now=visit.at, behaviour=asked.door.world.behaviour, new_id=new_id, provider=visit.provider)
    gather = again(reader, call, breach.facts)
    return None if gather is None else nearest(breach, gather, list(reader.all(Schedule)))


def _nearest_shown(found: Nearest) -> Json:
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
