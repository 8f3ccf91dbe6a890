"""Defects: what there is to choose from. A world is given some when it is made or changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sandbox.edge.control.request import ControlRequest, Declined
from sandbox.edition import Defect, Edition


def list_defects(request: ControlRequest) -> dict[str, Any]:
    """`GET /defects`."""
    known = request.world.edition.defects.values()
    return {"defects": [_shown(each) for each in known]}


def _shown(defect: Defect) -> dict[str, Any]:
    return {
        "name": defect.name,
        "about": defect.about,
        "breaks": defect.breaks,
        "behaviour": defect.behaviour,
    }


def chosen(request: ControlRequest, edition: Edition) -> Sequence[str]:
    """The names of the defects that a body asks for. Raises Declined when the edition has no such defect."""
    names: Sequence[str] = request.body.get("defects", ())
    known = edition.defects
    faults = [
        ("defects", f"There is no defect {name}. There are: {', '.join(known)}.") for name in names if name not in known
    ]
    if faults:
        raise Declined(422, *faults)
    return names
