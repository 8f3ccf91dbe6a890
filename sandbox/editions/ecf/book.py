"""ECF's two rule books: what its guidance says, and what the deployed service did."""

from __future__ import annotations

from typing import Final

from sandbox.editions.ecf.rules import deployed, deployed_http, deployed_spelling, documented, fragile
from sandbox.model import Behaviour
from sandbox.rules import participants, schedules
from sandbox.rules.book import DeclarationRules, PaymentRules, ReadingRules, RuleBook, VisibilityRules
from sandbox.rules.declarations import RECORDING, names_nobody_known
from sandbox.rules.partnerships import CONFIRMING
from sandbox.rules.requests import SENDING
from sandbox.rules.rule import GATE, Rules, instead


def _noticing_validation(rules: Rules) -> Rules:
    """Rules that tell of somebody unknown whether it is only for want of validation."""
    return instead(rules, participants.is_nobody_known, participants.is_nobody_known, documented.is_not_validated)


DEPLOYED: Final = RuleBook(
    http=deployed_http.HTTP,
    spelling=deployed_spelling.SPELLING,
    sending=(fragile.data_is_no_object, GATE, *SENDING, GATE, fragile.attributes_are_a_list),
    resuming=(fragile.resumes_with_something_else, GATE, *participants.RESUMING),
    withdrawing=instead(
        participants.WITHDRAWING,
        participants.withdraws_without_a_proper_reason,
        deployed.withdraws_without_a_reason_of_today,
    ),
    confirming=(fragile.confirms_in_no_cohort, GATE, *CONFIRMING),
    reading=ReadingRules(partnerships_by=deployed.PARTNERSHIPS_BY, schools_by=deployed.SCHOOLS_BY),
    recording=RECORDING,
    declarations=DeclarationRules(milestones=deployed.milestones, is_repeat=deployed.answers_no_copy),
    payments=PaymentRules(lacks_a_started=deployed.pays_without_a_started),
    visibility=VisibilityRules(hides=deployed.hides_nobody),
)

DOCUMENTED: Final = RuleBook(
    recording=instead(RECORDING, names_nobody_known, names_nobody_known, documented.is_not_validated),
    deferring=_noticing_validation(participants.DEFERRING),
    resuming=_noticing_validation(participants.RESUMING),
    withdrawing=instead(
        _noticing_validation(participants.WITHDRAWING),
        participants.is_withdrawn_already,
        documented.was_never_started,
        participants.is_withdrawn_already,
    ),
    changing_schedule=_noticing_validation(schedules.CHANGING_SCHEDULE),
    declarations=DeclarationRules(milestones=documented.milestones, is_repeat=documented.is_exact_copy),
    payments=PaymentRules(lacks_a_started=documented.lacks_a_started),
    visibility=VisibilityRules(hides=documented.awaits_validation),
)

BOOKS: Final[dict[Behaviour, RuleBook]] = {"documented": DOCUMENTED, "deployed": DEPLOYED}
