"""What a request of the control API is told that ended in an error."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.exceptions import HTTPException

from sandbox.edge.answer import Answer
from sandbox.edge.control.request import JSON, Declined
from sandbox.edge.wording import RULE_HEADER, rule_header
from sandbox.rules.rule import Refused
from sandbox.worlds.world import ServedWorld


def answer_to(error: Exception, path: str, methods: Sequence[str], world: ServedWorld) -> Answer:
    """The answer in the control API's own form. `methods` are those that the path has."""
    match error:
        case Declined():
            return error.answer()
        case Refused() if error.breaches[0].rule_id == "path.unknown":
            return _nothing_at(path)
        case Refused():  # a rule of the API for lead providers, which schools and the DfE meet as well
            refusal = world.presentation.refusal(world.edition.catalogue(), error.breaches)
            return Answer(refusal.status, JSON, refusal.body, {RULE_HEADER: rule_header(error.breaches)})
        case HTTPException(status_code=405):
            allowed = ", ".join(methods)
            answer = Declined(405, ("method", f"{path} has {allowed} only.")).answer()
            return answer._replace(headers={b"allow": allowed.encode()})
        case HTTPException(status_code=404):
            return _nothing_at(path)
    return Declined(500, ("Internal server error", "The sandbox failed. Its log says more.")).answer()


def _nothing_at(path: str) -> Answer:
    return Declined(404, ("path", f"There is nothing at {path}. /docs shows what there is.")).answer()
