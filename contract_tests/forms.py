"""What differs from one edition's requests and answers to another's, where the documents do not say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from contract_tests.documents import SCOPE


@dataclass(frozen=True, kw_only=True)
class Form:
    """Where things are, and how they are told.

    `media_type` is what answers come as, and bodies are sent as. `plain` are the statuses of refusals that are one
    `error`, `listed` those of a list of them. `milliseconds` are the members that are told so exactly; `challenge`
    comes with 401.
    """

    participants: str
    partnerships: str
    media_type: str
    plain: frozenset[int]
    listed: frozenset[int]
    milliseconds: frozenset[str] = frozenset()
    challenge: str | None = None
    evidence_for_started: bool = False


FORMS: Final[Mapping[str, Form]] = {
    "ecf": Form(
        participants="/participants/ecf",
        partnerships="/partnerships/ecf",
        media_type="application/vnd.api+json",
        plain=frozenset({401, 404}),
        listed=frozenset({400, 422}),
        milliseconds=frozenset({"challenged_at"}),
        challenge='Token realm="Application"',
    ),
    "register": Form(
        participants="/participants",
        partnerships="/partnerships",
        media_type="application/json",
        plain=frozenset({401}),
        listed=frozenset({400, 404, 422}),
        evidence_for_started=True,
    ),
}


def form() -> Form:
    """That of the edition which this process is about."""
    return FORMS[SCOPE.edition]
