"""Why: what a world remembers of a request, the rules it broke, what these saw, and what would have been accepted."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final

from sandbox.actions.call import CallBy
from sandbox.actions.regathering import regather
from sandbox.edge.control.plain import plain
from sandbox.edge.wording import message
from sandbox.model import Schedule
from sandbox.rules.nearest import Nearest, nearest
from sandbox.rules.rule import Breach
from sandbox.store.protocol import StoreProblem
from sandbox.worlds.logged_request import LoggedRequest
from sandbox.worlds.remembered import Entry
from sandbox.worlds.world import ServedWorld, new_id

Json = dict[str, Any]
ASIDE: Final = ("received_at", "content_type", "accept", "server_date", "records")


async def remember(world: ServedWorld, logged: LoggedRequest) -> None:
    """Have a world remember a request of a lead provider, once, before it is answered, if that can be done."""
    provider = logged.provider
    if provider is None or logged.is_remembered:
        return
    logged.is_remembered = True
    entry = Entry(
        id=logged.id,
        status=logged.status,
        is_refused=bool(logged.breaches),
        provider_id=provider.id,
        provider_name=provider.name,
        show=lambda: told(world, logged),
        aside=lambda: {name: getattr(logged, name) for name in ASIDE},
    )
    with suppress(StoreProblem):  # the answer is worth more
        if world.store.is_stale:
            await world.store.look()
        await world.asked.keep(entry)


def told(world: ServedWorld, logged: LoggedRequest) -> Json:
    """All there is to tell of a request that is over."""
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
        "hint": logged.hint,
        "broke": [_broken(world, logged, breach) for breach in logged.breaches],
    }


def _broken(world: ServedWorld, logged: LoggedRequest, breach: Breach) -> Json:
    """A rule that a request broke, and all there is to say of it."""
    rule = world.edition.catalogue()[breach.rule_id]
    title, detail = message(world.edition.catalogue(), breach)
    found = _nearest(world, logged, breach)
    return {
        "rule": breach.rule_id,
        "summary": rule["summary"],
        "guidance": rule.get("x-guidance"),
        "title": title,
        "detail": detail,
        "facts": None if breach.facts is None else plain(breach.facts),
        "nearest": None if found is None else _presented_nearest(found),
    }


def _nearest(world: ServedWorld, logged: LoggedRequest, breach: Breach) -> Nearest | None:
    """What would have been accepted instead, at the time of the request."""
    if logged.provider is None or logged.at is None or not breach.rules:
        return None
    reader = world.reading()
    call: CallBy[Any] = CallBy(now=logged.at, rules=world.rules, new_id=new_id, provider=logged.provider)
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
