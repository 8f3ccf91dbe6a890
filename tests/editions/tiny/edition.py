"""Two operations, one rule of its own, refusals in a form of its own, one defect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import orjson
from msgspec.structs import replace

from sandbox.actions import participants
from sandbox.actions.roster import ParticipantFilter
from sandbox.edge.answer import encoded
from sandbox.edge.provider.request import ReadRequest, WriteRequest
from sandbox.edge.wording import worded
from sandbox.edition import Catalogue, Defect, Document, Edition, Presentation, Refusal
from sandbox.model import Participant
from sandbox.rules.book import DeclarationRules, PaymentRules, RuleBook, VisibilityRules
from sandbox.rules.declarations import RECORDING
from sandbox.rules.participants import RESUMING, ActionFacts
from sandbox.rules.requests import ActionRequest
from sandbox.rules.rule import Breach, rule, without

Json = dict[str, Any]
JSON: Final = {"application/json": {"schema": {"type": "object"}}}


@rule("tiny.no-reason")
def gives_a_reason(facts: ActionFacts) -> bool:
    """True for a reason, which nobody needs who comes back."""
    return facts.request.reason is not None


BOOK: Final = RuleBook(
    recording=RECORDING,
    resuming=(gives_a_reason, *RESUMING),
    declarations=DeclarationRules(
        milestones=lambda schedule: schedule.milestones_in("deployed"), is_repeat=lambda *_: False
    ),
    payments=PaymentRules(lacks_a_started=lambda _: False),
    visibility=VisibilityRules(hides=lambda _: False),
)


class TinyPresentation(Presentation, frozen=True, eq=False, kw_only=True):
    """Shows people by their names alone."""

    def person(self, participant: Participant) -> Json:
        return {"id": participant.id, "name": participant.full_name}


def refusal(catalogue: Catalogue, breaches: Sequence[Breach]) -> Refusal:
    """The first rule that was broken, and why."""
    broken = catalogue[breaches[0].rule_id]
    problem = {"problem": breaches[0].rule_id, "because": worded(broken["value"], breaches[0].facts)}
    return Refusal(broken["x-status"], b"application/problem+json", orjson.dumps(problem))


def list_people(request: ReadRequest[TinyPresentation]) -> Json:
    people = request.roster.people(ParticipantFilter(), None, request.query.page)
    return {"people": [request.presentation.person(trainee.participant) for trainee in people]}


def resume_person(request: WriteRequest[TinyPresentation]) -> Json:
    wanted = ActionRequest.of(request.attributes, request.call.rules.spelling)
    record = participants.resume(request.records, request.call, request.id, wanted)
    return {"resumed": record.participant_id}


def catalogue() -> Catalogue:
    refusals = {
        "tiny.no-reason": (409, "Whoever comes back needs no {request.reason}."),
        "resume.was-paused": (409, "Nobody is away."),
        "vis.participant": (409, "Nobody has that id."),
        "participant.course-matches": (409, "Nobody takes that course."),
        "path.unknown": (404, "There is nothing here."),
        "method.unknown": (405, "That cannot be done here."),
        "auth.token-required": (401, "Who are you?"),
        "body.json": (400, "Say it in JSON."),
    }
    return {id: {"summary": said, "value": said, "x-status": status} for id, (status, said) in refusals.items()}


def document() -> Document:
    """It is served under the very path that v3 of ECF has."""
    answers = {"200": {"description": "Done.", "content": JSON}}
    identified = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Tiny", "version": "3"},
        "servers": [{"url": "/api/v3"}],
        "security": [{"token": []}],
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "x-bearerInfoFunc": "unused"}}
        },
        "paths": {
            "/people": {"get": {"operationId": "list_people", "responses": answers}},
            "/people/{id}/resume": {
                "put": {
                    "operationId": "resume_person",
                    "parameters": [identified],
                    "requestBody": {"content": JSON},
                    "responses": answers,
                }
            },
        },
    }


DEFECT: Final = Defect(
    name="reasons-accepted",
    about="Takes a reason for coming back.",
    breaks="tiny.no-reason",
    rules=lambda book: replace(book, resuming=without(book.resuming, gives_a_reason)),
)
TINY: Final = Edition(
    name="tiny",
    versions=("v3",),
    documents=lambda: {"v3": document()},
    catalogue=catalogue,
    rules={"deployed": BOOK},
    presentation={"deployed": TinyPresentation(encoded=encoded, refusal=refusal)},
    handlers={"v3": {"list_people": list_people, "resume_person": resume_person}},
    defects={DEFECT.name: DEFECT},
)
