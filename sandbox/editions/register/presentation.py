"""How Register's records are shown: one value, so that any part of it can be another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sandbox.edge.answer import encoded
from sandbox.edition import Presentation
from sandbox.editions.register.presented import (
    Mover,
    Participant,
    PresentedPartnership,
    PresentedSchool,
    UnfundedMentor,
)
from sandbox.editions.register.refusals import refusal
from sandbox.editions.register.views import declarations, organisations, v3
from sandbox.model import Behaviour, PresentedDeclaration, PresentedDeliveryPartner, Statement

Json = dict[str, Any]


class RegisterPresentation(Presentation, frozen=True, eq=False, kw_only=True):
    """Which view shows what."""

    participant: Callable[[Participant], Json] = v3.participant
    transfers: Callable[[Mover], Json] = v3.transfers
    unfunded_mentor: Callable[[UnfundedMentor], Json] = v3.unfunded_mentor
    partnership: Callable[[PresentedPartnership], Json] = organisations.partnership
    school: Callable[[PresentedSchool], Json] = organisations.school
    delivery_partner: Callable[[PresentedDeliveryPartner], Json] = organisations.delivery_partner
    statement: Callable[[Statement], Json] = organisations.statement
    declaration: Callable[[PresentedDeclaration], Json] = declarations.declaration


PRESENTATIONS: Final[dict[Behaviour, RegisterPresentation]] = {
    "deployed": RegisterPresentation(encoded=encoded, refusal=refusal)
}
