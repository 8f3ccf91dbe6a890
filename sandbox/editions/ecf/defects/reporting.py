"""What schools report and providers confirm, without what follows from it for others in the deployed service."""

from __future__ import annotations

from typing import Final

from sandbox.edition import Defect
from sandbox.model import TrainingRecord
from sandbox.rules.parts import altered, becoming, never
from sandbox.rules.visibility import is_seen


def _of_any_state(_record: TrainingRecord) -> bool:
    """True of training that the school has withdrawn, too."""
    return True


REPORTING: Final = (
    Defect(
        name="partnership-carries-nobody",
        about="Leaves whoever is at a school without a provider when one confirms a partnership there.",
        breaks="part.effect",
        behaviour="deployed",
        rules=altered("consequences.comes_along", never),
    ),
    Defect(
        name="programme-parts-nobody",
        about="Leaves people with their provider when their school chooses another programme.",
        breaks="status.derive",
        behaviour="deployed",
        rules=altered("consequences.trains_otherwise", never),
    ),
    Defect(
        name="no-ects-decides-nothing",
        about="Leaves a school its programme when it says that it has no early career teachers.",
        breaks="part.challenge",
        behaviour="deployed",
        rules=altered("consequences.says_nobody_trains", never),
    ),
    Defect(
        name="challenge-stops-writes",
        about="Refuses what is reported and declared of people whose partnership the school has challenged.",
        breaks="vis.participant",
        behaviour="deployed",
        rules=altered("visibility.acts_on_participant", becoming(is_seen)),
    ),
    Defect(
        name="joiner-leaves-nowhere",
        about="Waits for the school that is left, though another has reported that somebody joins it.",
        breaks="transfer.who-sees",
        behaviour="deployed",
        rules=altered("consequences.is_left_for_another", never),
    ),
    Defect(
        name="withdrawn-mentor-mentors-on",
        about="Shows ECTs a mentor whom the school has withdrawn, or who has gone.",
        breaks="status.independent",
        behaviour="deployed",
        rules=altered("consequences.loses_mentor", never),
    ),
    Defect(
        name="school-withdrawal-overlooked",
        about="Takes what is reported of training that the school has withdrawn.",
        breaks="participant.course-matches",
        behaviour="deployed",
        rules=altered("visibility.acts_on_training", becoming(_of_any_state)),
    ),
)
