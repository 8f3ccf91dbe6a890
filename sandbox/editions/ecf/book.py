"""ECF's two rule books: what its guidance says, and what the deployed service did."""

from __future__ import annotations

from typing import Final

from sandbox.editions.ecf.rules import (
    deployed,
    deployed_http,
    deployed_schools,
    deployed_spelling,
    documented,
    fragile,
)
from sandbox.editions.ecf.rules.deployed_changes import MARKING
from sandbox.editions.ecf.rules.deployed_schedules import CHANGING_SCHEDULE, moves_between_frozen_cohorts
from sandbox.model import Behaviour
from sandbox.rules import identity, participants, schedules
from sandbox.rules.book import (
    ConsequenceRules,
    DeclarationRules,
    MarkingRules,
    PaymentRules,
    ReadingRules,
    RuleBook,
    TrainingRules,
    VisibilityRules,
)
from sandbox.rules.declarations import (
    RECORDING,
    date_is_no_time,
    has_no_date,
    is_placed_elsewhere,
    names_nobody_known,
)
from sandbox.rules.lenient import data_is_no_object
from sandbox.rules.partnerships import CONFIRMING
from sandbox.rules.requests import SENDING
from sandbox.rules.rule import GATE, Rules, instead


def _noticing_validation(rules: Rules) -> Rules:
    """Rules that tell of somebody unknown whether it is only for want of validation."""
    return instead(rules, participants.is_nobody_known, participants.is_nobody_known, documented.is_not_validated)


def _as_recorded(rules: Rules) -> Rules:
    """Rules of declaring that go by what a date means, and by the schedule that the training record is on."""
    rules = instead(rules, names_nobody_known, deployed.is_withdrawn_and_undated, GATE, names_nobody_known)
    rules = instead(rules, has_no_date, deployed.has_no_readable_date)
    rules = instead(rules, date_is_no_time, deployed.date_is_of_another_form)
    return instead(rules, is_placed_elsewhere, deployed.is_not_placed_on_the_schedule)


DEPLOYED: Final = RuleBook(
    http=deployed_http.HTTP,
    spelling=deployed_spelling.SPELLING,
    sending=(data_is_no_object, GATE, *SENDING, GATE, fragile.attributes_are_a_list),
    recording=_as_recorded(RECORDING),
    resuming=(fragile.resumes_with_something_else, GATE, *participants.RESUMING),
    withdrawing=instead(
        participants.WITHDRAWING,
        participants.withdraws_without_a_proper_reason,
        deployed.withdraws_without_a_reason_of_today,
    ),
    changing_schedule=CHANGING_SCHEDULE,
    confirming=(fragile.confirms_in_no_cohort, GATE, *CONFIRMING),
    declarations=DeclarationRules(
        milestones=deployed.milestones,
        is_repeat=deployed.answers_no_copy,
        withdrawn_at=deployed.withdrawn_at,
        knows_trn=deployed.knows_trn,
        knows_participant=deployed.knows_anybody,
        schedule_declared_by=deployed.schedule_declared_by,
    ),
    payments=PaymentRules(lacks_a_started=deployed.pays_without_a_started, mentor_completed=deployed.mentor_completed),
    training=TrainingRules(
        knows_participant=deployed.knows_anybody,
        moves_between_frozen_cohorts=moves_between_frozen_cohorts,
        moved=deployed_schools.moved,
        address_on_joining=deployed_schools.address_on_joining,
        mentored=deployed_schools.mentored,
    ),
    visibility=VisibilityRules(
        hides=deployed.hides_nobody,
        goes_by=deployed.goes_by,
        acts_on_participant=deployed_schools.acts_on_all_of_its_own,
        acts_on_training=deployed_schools.acts_on_what_goes_on,
        in_partnership=deployed_schools.in_partnership,
        shows_transfer=deployed_schools.acts_on_all_of_its_own,
        moves=deployed_schools.moves,
    ),
    consequences=deployed_schools.CONSEQUENCES,
    reading=ReadingRules(partnerships_by=deployed.PARTNERSHIPS_BY, schools_by=deployed.SCHOOLS_BY),
    marking=MARKING,
    older_record=deployed.older_record,
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
    declarations=DeclarationRules(
        milestones=documented.milestones,
        is_repeat=documented.is_exact_copy,
        next_open=documented.next_open,
        placement_at=documented.placement_at,
    ),
    payments=PaymentRules(lacks_a_started=documented.lacks_a_started),
    visibility=VisibilityRules(hides=documented.awaits_validation, participant_status=documented.participant_status),
    consequences=ConsequenceRules(),
    marking=MarkingRules(),
    training=TrainingRules(),
    older_record=identity.nobody_else,
)

BOOKS: Final[dict[Behaviour, RuleBook]] = {"documented": DOCUMENTED, "deployed": DEPLOYED}
