"""How ECF's records are shown, version by version: one value, so that any part of it can be another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from msgspec.structs import replace

from sandbox.edge.answer import encoded
from sandbox.edge.provider.csv import as_csv
from sandbox.edition import Presentation
from sandbox.editions.ecf.refusals import as_csv_refused, refusal
from sandbox.editions.ecf.views import v1, v2, v3
from sandbox.model import (
    Behaviour,
    Enrolment,
    Mover,
    Person,
    PresentedDeclaration,
    PresentedDeliveryPartner,
    PresentedPartnership,
    PresentedSchool,
    Statement,
    UnfundedMentor,
)

Json = dict[str, Any]


class EcfPresentation(Presentation, frozen=True, eq=False, kw_only=True):
    """Which view shows what. v2 shows participants as v1 does; only v3 shows the rest."""

    csv: Callable[[Sequence[Json]], bytes] = as_csv
    participant: Callable[[Enrolment], Json] = v1.participant
    person: Callable[[Person], Json] = v3.participant
    declaration_v1: Callable[[PresentedDeclaration], Json] = v1.declaration
    declaration_v2: Callable[[PresentedDeclaration], Json] = v2.declaration
    declaration_v3: Callable[[PresentedDeclaration], Json] = v3.declaration
    transfers: Callable[[Mover], Json] = v3.transfers
    statement: Callable[[Statement], Json] = v3.statement
    school: Callable[[PresentedSchool], Json] = v3.school
    delivery_partner: Callable[[PresentedDeliveryPartner], Json] = v3.delivery_partner
    unfunded_mentor: Callable[[UnfundedMentor], Json] = v3.unfunded_mentor
    partnership: Callable[[PresentedPartnership], Json] = v3.partnership


DOCUMENTED: Final = EcfPresentation(encoded=encoded, refusal=refusal, person=v3.participant_with_validation)
DEPLOYED: Final = replace(DOCUMENTED, person=v3.participant, refused_csv=as_csv_refused)
PRESENTATIONS: Final[dict[Behaviour, EcfPresentation]] = {"documented": DOCUMENTED, "deployed": DEPLOYED}
