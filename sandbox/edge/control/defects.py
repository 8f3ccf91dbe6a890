"""Defects: what there is to choose from. A world is given some when it is made or changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sandbox.edge.control.asked import Asked, Declined


def list_defects(asked: Asked) -> dict[str, Any]:
    """`GET /defects`."""
    known = asked.defects.known.values()
    return {"defects": [{"name": each.name, "about": each.about, "breaks": each.breaks} for each in known]}


def chosen(asked: Asked) -> Sequence[str]:
    """The names of the defects that a body asks for. Raises Declined when there is no such defect."""
    names: Sequence[str] = asked.body.get("defects", ())
    known = asked.defects.known
    faults = [
        ("defects", f"There is no defect {name}. There are: {', '.join(known)}.") for name in names if name not in known
    ]
    if faults:
        raise Declined(422, *faults)
    return names
