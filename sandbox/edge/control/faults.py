"""Faults: asked for, listed, ended."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sandbox.edge.control.asked import Asked, Declined
from sandbox.edge.faults import LATENCY, MOST, TRUNCATE, Fault

Json = dict[str, Any]


def create_fault(asked: Asked) -> Json:
    """`POST /faults`."""
    body = asked.body
    _check(asked)
    if len(asked.door.faults) >= MOST:
        raise Declined(422, ("Impossible", f"{MOST} faults are to come already. DELETE /sandbox/faults ends them."))
    share = body.get("share")
    fault = Fault(
        id=str(uuid4()),
        kind=body["kind"],
        operation=body.get("operation"),
        milliseconds=body.get("milliseconds", 0),
        requests=body.get("requests", 1) if share is None else None,
        share=share,
        seed=body.get("seed", 0),
        after=body.get("after", False) or body["kind"] == TRUNCATE,
    )
    asked.door.faults.add(fault)
    return _shown(fault)


def list_faults(asked: Asked) -> Json:
    """`GET /faults`."""
    return {"faults": [_shown(fault) for fault in asked.door.faults]}


def delete_faults(asked: Asked) -> None:
    """`DELETE /faults`."""
    asked.door.faults.clear()


def delete_fault(asked: Asked) -> None:
    """`DELETE /faults/{id}`."""
    try:
        asked.door.faults.remove(asked.ids["id"])
    except KeyError:
        raise Declined(
            404, ("id", f"No fault {asked.ids['id']} is to come. GET /sandbox/faults lists those that are.")
        ) from None


def _check(asked: Asked) -> None:
    """Raises Declined for an operation that there is not, and for members that do not go together."""
    body = asked.body
    operation = body.get("operation")
    ids = [name.partition(".")[2] for name in asked.operations]
    if operation is not None and operation not in (*asked.operations, *ids):
        known = ", ".join(dict.fromkeys(ids))
        raise Declined(
            422,
            (
                "operation",
                f"There is no operation {operation}. There are, with a version before them, such as v3.{ids[0]}, or "
                f"without: {known}.",
            ),
        )
    if "milliseconds" in body and body["kind"] != LATENCY:
        raise Declined(422, ("milliseconds", "Only latency takes time: ask for a second fault, of that kind."))
    if "milliseconds" not in body and body["kind"] == LATENCY:
        raise Declined(422, ("milliseconds", "Say how long a request is to wait."))
    if "requests" in body and "share" in body:
        raise Declined(422, ("share", "Say either how many requests it strikes or which share of them."))
    if "seed" in body and "share" not in body:
        raise Declined(422, ("seed", "Only a share is left to chance: give a share as well, or no seed."))


def _shown(fault: Fault) -> Json:
    """A fault, and how often it has struck."""
    names = ("id", "kind", "operation", "milliseconds", "requests", "share", "seed", "after", "struck")
    return {name: getattr(fault, name) for name in names}
