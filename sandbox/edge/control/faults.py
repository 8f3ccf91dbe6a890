"""Faults: asked for, listed, ended."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sandbox.edge.control.request import ControlRequest, Declined
from sandbox.edge.spec_app import operation_ids
from sandbox.edition import Edition
from sandbox.model import Fault
from sandbox.worlds.faults import LATENCY, MOST, TRUNCATE

Json = dict[str, Any]


def create_fault(request: ControlRequest) -> Json:
    """`POST /faults`."""
    body = request.body
    _check(request)
    faults = request.world.conduct.faults
    if len(faults) >= MOST:
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
    request.world.give_faults([*faults, fault])
    return _presented(fault)


def list_faults(request: ControlRequest) -> Json:
    """`GET /faults`."""
    return {"faults": [_presented(fault) for fault in request.world.conduct.faults]}


def delete_faults(request: ControlRequest) -> None:
    """`DELETE /faults`."""
    request.world.give_faults([])


def delete_fault(request: ControlRequest) -> None:
    """`DELETE /faults/{id}`."""
    faults = request.world.conduct.faults
    left = [fault for fault in faults if fault.id != request.ids["id"]]
    if len(left) == len(faults):
        raise Declined(
            404, ("id", f"No fault {request.ids['id']} is to come. GET /sandbox/faults lists those that are.")
        )
    request.world.give_faults(left)


def _check(request: ControlRequest) -> None:
    """Raises Declined for an operation that there is not, and for members that do not go together."""
    body = request.body
    operation = body.get("operation")
    operations = _operations(request.world.edition)
    ids = [name.partition(".")[2] for name in operations]
    if operation is not None and operation not in (*operations, *ids):
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


def _operations(edition: Edition) -> list[str]:
    """The operations of an edition, each as "v3.list_participants"."""
    documents = edition.documents().items()
    return [f"{version}.{id}" for version, document in documents for id in operation_ids(document)]


def _presented(fault: Fault) -> Json:
    """A fault, and how often it has struck."""
    names = ("id", "kind", "operation", "milliseconds", "requests", "share", "seed", "after", "struck")
    return {name: getattr(fault, name) for name in names}
