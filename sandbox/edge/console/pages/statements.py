"""Statements: which there are, and what each pays and claws back."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from sandbox.edge.console.choices import lists_of
from sandbox.edge.console.pages.acts import acts_of
from sandbox.edge.console.views.naming import name_of
from sandbox.edge.console.visit import Visit, found
from sandbox.model import Declaration

FILTERS: Final = ("provider", "cohort", "state", "output")
MOST: Final = 100


async def show_all(visit: Visit) -> Response:
    """The list: unless asked otherwise, of those that pay for declarations."""
    reader = await visit.reading()
    asked = {name: visit.query[name] for name in FILTERS if name in visit.query}
    listed = found(await visit.in_world("GET", "/statements", query={"output": "true"} | asked))["statements"]
    lists = lists_of(reader)
    holding = [
        len(reader.find(Declaration, statement_id=each["id"]))
        + len(reader.find(Declaration, clawback_statement_id=each["id"]))
        for each in listed
    ]
    shown = [each | {"count": count} for each, count in zip(listed, holding, strict=True)]
    if visit.query.get("holding") == "true":
        shown = [each for each in shown if each["count"]]
    return visit.show(
        "statements.html",
        statements=shown[:MOST],
        count=len(shown),
        most=MOST,
        providers=lists.get("provider", []),
        cohorts=lists.get("cohort", []),
    )


async def show(visit: Visit) -> Response:
    """One statement and every declaration on it."""
    reader = await visit.reading()
    statement = found(await visit.in_world("GET", f"/statements/{quote(visit.ids['id'], safe='')}"))["statement"]
    lines = [
        each | {"name": name_of(reader, "participants", each["participant_id"])} for each in statement["declarations"]
    ]
    return visit.show(
        "statement.html", statement=statement, lines=lines, acts=acts_of(visit.world.edition, "statements")
    )
