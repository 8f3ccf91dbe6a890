"""Times moved with an act that should stay, or that stay and should move."""

from __future__ import annotations

from typing import Final

from sandbox.edition import Defect
from sandbox.rules import changes
from sandbox.rules.parts import altered, becoming

CHANGING: Final = (
    Defect(
        name="partnership-touches-its-own-alone",
        about="Moves with a partnership only those who train through it, not everybody at the school.",
        breaks="read.updated-since",
        behaviour="deployed",
        rules=altered("marking.touched_by_partnership", becoming(changes.touched_by_partnership)),
    ),
    Defect(
        name="mentor-untouched",
        about="Leaves a mentor's updated_at alone when an ECT is assigned to them.",
        breaks="read.updated-since",
        behaviour="deployed",
        rules=altered("marking.mentors_touched", becoming(changes.no_mentors_touched)),
    ),
)
