"""Acting as a lead provider: a form for each operation of its API, which is asked as any client would ask it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from shlex import quote
from typing import Any, Final, NamedTuple

import orjson
from starlette.responses import Response

from sandbox.edge.console.asking import Answered, Fault
from sandbox.edge.console.choices import lists_of
from sandbox.edge.console.forms import Choice, Field, body_of, fields_of
from sandbox.edge.console.operations import Operation, address, operations
from sandbox.edge.console.provider_tokens import token_of, well_known
from sandbox.edge.console.views.naming import name_of
from sandbox.edge.console.views.person import Person
from sandbox.edge.console.visit import Visit, missing
from sandbox.edition import Document, Edition
from sandbox.model import COURSES, Declaration, LeadProvider, Milestone, Schedule
from sandbox.store.protocol import Reader
from sandbox.worlds.world import ServedWorld

PROVIDER: Final = "as_provider"
ABOUT: Final = "of"
_PEOPLE: Final = "participants"
_DECLARATIONS: Final = "participant-declarations"


class Reachable(NamedTuple):
    """A milestone of somebody's schedule, and a day that a declaration of it can be dated."""

    milestone: Milestone
    role: str
    schedule: str
    day: date


def acts_of_providers(edition: Edition, about: str) -> list[Operation]:
    """What a lead provider can report of somebody, or of a declaration, in the newest version."""
    return [each for each in operations(_document(edition)) if each.is_about == about]


def milestones_of(reader: Reader, world: ServedWorld, person: Person, today: date) -> list[Reachable]:
    """The milestones of the schedules that someone is on: of the newest of each role."""
    found: list[Reachable] = []
    behaviour = world.record.behaviour
    for role in COURSES:
        stay = next((stay for stay in person.stays if stay.role == role and stay.schedule), None)
        schedule = reader.get(Schedule, f"{stay.cohort}/{stay.schedule}") if stay else None
        for milestone in schedule.milestones_in(behaviour) if schedule else ():
            day = max(milestone.starts, min(milestone.ends or today, today))
            found.append(Reachable(milestone, role, schedule.identifier if schedule else "", day))
    return found


async def show(visit: Visit) -> Response:
    """The form, filled in as far as the address says."""
    operation = _operation(visit)
    return await _form(visit, operation, visit.query)


async def carry_out(visit: Visit) -> Response:
    """Send it, and show whom it was about; or the form again, with the rules that refused it."""
    operation, reader = _operation(visit), await visit.reading()
    sent = {name: visit.sent(name) for name in visit.form}
    provider = reader.get(LeadProvider, sent.get(PROVIDER, ""))
    if provider is None:
        return await _form(visit, operation, sent, [Fault(PROVIDER, "Choose the lead provider that sends this.")])
    world, about = visit.world, sent.get(ABOUT, "")
    path = address(_document(world.edition), operation, about)
    token = await token_of(visit, provider)
    body = _wrapped(body_of(_fields(visit, operation, sent), sent))
    answered = await visit.asking.as_provider(visit.request, operation.method, path, token, body=body)
    if not answered.is_done:
        return await _form(visit, operation, sent, answered.faults, await _why(visit, answered))
    person = _person(reader, operation, sent)
    to = visit.at(f"/people/{person}" if person else "")
    state = _state(answered)
    return visit.go(to, f"Accepted: {operation.summary.lower()}", text=f"Its state is “{state}”." if state else "")


async def _form(
    visit: Visit,
    operation: Operation,
    values: Mapping[str, str],
    faults: Sequence[Fault] = (),
    why: Sequence[Mapping[str, Any]] = (),
) -> Response:
    reader, world = await visit.reading(), visit.world
    about = values.get(ABOUT, "")
    person = _person(reader, operation, values)
    name = name_of(reader, _PEOPLE, person) if person else None
    if operation.is_about and name is None:
        missing("There is nobody and nothing of this id", "Open a person, and act from there.")
    fields = _fields(visit, operation, values)
    providers = [Choice(each.id, each.name) for each in reader.all(LeadProvider)]
    chosen = values.get(PROVIDER, "") or (providers[0].value if providers else "")
    body = _wrapped(body_of(fields, {field.name: field.value for field in fields}))
    return visit.show(
        "provider_act.html",
        422 if faults else 200,
        faults,
        operation=operation,
        about=about,
        named=name,
        providers=providers,
        chosen=chosen,
        fields=fields,
        why=why,
        curl=_curl(visit, operation, about, well_known(visit.worlds, world).get(chosen, "<token>"), body),
        back=visit.at(f"/people/{person}" if person else "/people"),
    )


def _fields(visit: Visit, operation: Operation, values: Mapping[str, str]) -> list[Field]:
    world = visit.world
    now = f"{world.now():%Y-%m-%dT%H:%M:%SZ}"
    return fields_of(
        operation.schema,
        edition=world.edition.name,
        lists={name: choices for name, choices in lists_of(world.reading()).items() if name != "mentor_id"},
        values={"declaration_date": now} | dict(values),
        say=str,
    )


async def _why(visit: Visit, answered: Answered) -> Sequence[Mapping[str, Any]]:
    """The rules that refused a request, with the nearest value that would do, as its world's log has them."""
    told = await visit.in_world("GET", f"/requests/{answered.headers.get('x-request-id', '-')}")
    return list(told.json["request"]["broke"]) if told.is_done else []


def _operation(visit: Visit) -> Operation:
    known = {each.id: each for each in operations(_document(visit.world.edition))}
    if visit.ids["operation"] not in known:
        missing("Providers cannot do this here", "Open a person to see what can be done.")
    return known[visit.ids["operation"]]


def _document(edition: Edition) -> Document:
    return edition.documents()[edition.versions[-1]]


def _person(reader: Reader, operation: Operation, values: Mapping[str, str]) -> str:
    """Whom an act is about."""
    about = values.get(ABOUT, "")
    if operation.is_about == _DECLARATIONS:
        declaration = reader.get(Declaration, about)
        return declaration.participant_id if declaration else ""
    return about if operation.is_about == _PEOPLE else values.get("participant_id", "")


def _wrapped(attributes: Mapping[str, Any]) -> dict[str, Any] | None:
    return {"data": {"attributes": dict(attributes)}} if attributes else None


def _state(answered: Answered) -> str:
    match answered.json:
        case {"data": {"attributes": {"state": str(state)}}}:
            return state
    return ""


def _curl(visit: Visit, operation: Operation, about: str, token: str, body: Mapping[str, Any] | None) -> str:
    """The same request, as it is sent from a terminal."""
    url = f"{visit.request.base_url}".rstrip("/") + address(_document(visit.world.edition), operation, about)
    parts = [f"curl -i -X {operation.method} {quote(url)}", f"-H {quote(f'Authorization: Bearer {token}')}"]
    if body is not None:
        parts += ["-H 'Content-Type: application/json'", f"-d {quote(orjson.dumps(body).decode())}"]
    return " \\\n  ".join(parts)
