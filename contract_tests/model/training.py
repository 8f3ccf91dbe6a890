"""What follows for others when somebody is gone from a school."""

from __future__ import annotations

from contract_tests.model.records import Placement
from contract_tests.model.register import Register


def lose_mentees(register: Register, mentors: Placement) -> None:
    """A mentor is gone from a school: in the service whoever they mentored there has no mentor any more."""
    if not register.deployed or mentors.training.role != "mentor":
        return
    for training in register.trainings:
        for placement in list(training.placements):
            if (
                placement.mentor is mentors.training.person
                and placement.school is mentors.school
                and placement.created <= register.now
                and placement.stays
            ):
                register.succeed(placement, mentor=None)
