"""What schools and the DfE do: a form for every operation of the control API by which they act."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from starlette.responses import Response

from sandbox import documents
from sandbox.edge.console.choices import lists_of
from sandbox.edge.console.forms import Field, body_of, fields_of
from sandbox.edge.console.operations import Operation, operations
from sandbox.edge.console.views.naming import name_of
from sandbox.edge.console.visit import Visit, missing
from sandbox.edition import Edition

ACTORS: Final = frozenset({"schools", "dfe"})
OF_SOME: Final = "acts."  # the module whose operations only some editions have
MAIN: Final[Mapping[str, tuple[str, ...]]] = {
    "registration.register": ("participant_type", "cohort", "provider", "urn", "full_name"),
    "schools.join": ("on", "urn", "keeps_provider", "provider"),
    "schools.leave": ("on",),
    "dfe.validate": ("status",),
    "organisations.relate": ("provider", "cohort", "delivery_partner_id", "delivery_partner_name"),
}
"""The fields of long forms that are shown without being asked for, besides those that are needed."""


@cache
def control_operations() -> Mapping[str, Operation]:
    """The operations of the control API that change something, by id."""
    return {each.id: each for each in operations(documents.document(documents.CONTROL))}


def acts_of(edition: Edition, about: str = "") -> list[Operation]:
    """What schools and the DfE can do in an edition about participants, statements …, or about nothing there is."""
    known = (each for each in control_operations().values() if each.tag in ACTORS)
    return [each for each in known if each.is_about == about and _is_in(edition, each)]


def _is_in(edition: Edition, operation: Operation) -> bool:
    if edition.own is None:
        return not operation.id.startswith(OF_SOME)
    return operation.id in edition.own.acts or operation.id.partition(".")[0] in ("tokens",)


async def show(visit: Visit) -> Response:
    """The form of an act; `of` in the address says whom or what it is about."""
    operation = _operation(visit)
    fields = await _fields(visit, operation, visit.query)
    return _form(visit, operation, fields)


async def carry_out(visit: Visit) -> Response:
    """Have it done, and show whom it was done to; or the form again, with what is wrong."""
    operation = _operation(visit)
    about = visit.sent("of")
    sent = {name: visit.sent(name) for name in visit.form}
    fields = await _fields(visit, operation, sent)
    body = body_of(fields, sent)
    answered = await visit.in_world(operation.method, operation.path_of(about), body=body or None)
    if not answered.is_done:
        return _form(visit, operation, fields, answered.faults)
    answer = answered.json
    back, title = _outcome(operation, about, answer)
    issued = answer.get("token") if isinstance(answer, dict) else None
    return visit.go(visit.at(back), title, token=issued)


def _form(visit: Visit, operation: Operation, fields: list[Field], faults: Any = ()) -> Response:
    about = visit.query.get("of") or visit.sent("of")
    named = name_of(visit.world.reading(), operation.is_about, about)
    if operation.is_about and named is None:
        missing(
            "There is nobody and nothing of this id", "Open the person, the school or the statement, and act there."
        )
    return visit.show(
        "act.html",
        422 if faults else 200,
        faults,
        operation=operation,
        about=about,
        named=named,
        fields=fields,
        back=visit.at(_back(operation, about)),
        button=operation.summary,
    )


async def _fields(visit: Visit, operation: Operation, values: Mapping[str, str]) -> list[Field]:
    reader, world = await visit.reading(), visit.world
    today = world.moment({}).today.isoformat()
    return fields_of(
        operation.schema,
        edition=world.edition.name if world.edition.own else "ecf",
        lists=lists_of(reader),
        values={"on": today} | dict(values),
        main=MAIN.get(operation.id, ()),
    )


def _operation(visit: Visit) -> Operation:
    operation = control_operations().get(visit.ids["operation"])
    if operation is None or operation.tag not in ACTORS or not _is_in(visit.world.edition, operation):
        missing("Nobody does this here", "Open a person, a school or a statement to see what can be done.")
    return operation


def _back(operation: Operation, about: str) -> str:
    """Which page of the world one comes from, and goes back to."""
    match operation.is_about:
        case "participants":
            return f"/people/{about}"
        case "statements":
            return f"/statements/{about}"
        case "schools" | "partnerships":
            return "/schools"
        case "cohorts":
            return "/schedules"
        case _:
            return ""


def _outcome(operation: Operation, about: str, answer: Any) -> tuple[str, str]:
    """Where to go when it is done, and what is said there."""
    match answer:
        case {"participant": {"id": str(id), "full_name": str(name)}}:
            return f"/people/{id}", f"Done: {operation.summary.lower()}: {name}"
        case {"id_change": {"to_participant_id": str(id)}}:
            return f"/people/{id}", "Done: the two are one person now"
    return _back(operation, about), f"Done: {operation.summary.lower()}"
