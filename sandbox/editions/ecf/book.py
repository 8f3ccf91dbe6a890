"""ECF's two rule books: what its guidance says, and what the deployed service did."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sandbox.editions.ecf.rules import consequences, deployed, documented
from sandbox.editions.ecf.rules.deployed_changes import MARKING
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
        joining_side=deployed.joining_side_that_stays,
    ),
    training=TrainingRules(moved=deployed.moved, mentored=deployed.mentored),
    consequences=consequences.DEPLOYED,
    marking=MARKING,
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
    visibility=VisibilityRules(hides=documented.awaits_validation),
    training=TrainingRules(),
    consequences=ConsequenceRules(),
    marking=MarkingRules(),
)

BOOKS: Final[dict[Behaviour, RuleBook]] = {"documented": DOCUMENTED, "deployed": DEPLOYED}
