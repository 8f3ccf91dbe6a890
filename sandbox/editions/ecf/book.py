"""ECF's two rule books: what its guidance says, and what the deployed service did."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sandbox.editions.ecf.rules import deployed, deployed_schools, documented
from sandbox.editions.ecf.rules.deployed_changes import MARKING
from sandbox.editions.ecf.rules.deployed_schedules import CHANGING_SCHEDULE
from sandbox.model import Behaviour
from sandbox.rules import participants, schedules
from sandbox.rules.book import (
    ConsequenceRules,
    DeclarationRules,
    MarkingRules,
    PaymentRules,
    RuleBook,
    TrainingRules,
    VisibilityRules,
)
from sandbox.rules.declarations import RECORDING, names_nobody_known
from sandbox.rules.rule import Rules, instead


def _noticing_validation(rules: Rules) -> Rules:
    """Rules that tell of somebody unknown whether it is only for want of validation."""
    return instead(rules, participants.is_nobody_known, participants.is_nobody_known, documented.is_not_validated)


DEPLOYED: Final = RuleBook(
    recording=RECORDING,
    declarations=DeclarationRules(milestones=deployed.milestones, is_repeat=deployed.answers_no_copy),
    payments=PaymentRules(lacks_a_started=deployed.pays_without_a_started),
    visibility=VisibilityRules(
        hides=deployed.hides_nobody,
        acts_on_participant=deployed.acts_on_all_of_its_own,
        acts_on_training=deployed.acts_on_what_goes_on,
        in_partnership=deployed.in_partnership,
        shows_transfer=deployed.acts_on_all_of_its_own,
        moves=deployed_schools.moves,
    ),
    consequences=deployed_schools.CONSEQUENCES,
    marking=MARKING,
    changing_schedule=CHANGING_SCHEDULE,
    training=TrainingRules(
        knows_participant=deployed.knows_anybody,
        moved=deployed_schools.moved,
        address_on_joining=deployed_schools.address_on_joining,
        mentored=deployed_schools.mentored,
    ),
)

DOCUMENTED: Final = replace(
    DEPLOYED,
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
    visibility=VisibilityRules(hides=documented.awaits_validation, participant_status=documented.participant_status),
    consequences=ConsequenceRules(),
    marking=MarkingRules(),
    training=TrainingRules(),
)

BOOKS: Final[dict[Behaviour, RuleBook]] = {"documented": DOCUMENTED, "deployed": DEPLOYED}
