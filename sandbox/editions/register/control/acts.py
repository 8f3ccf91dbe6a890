"""Which act of Register carries out which operation of the control API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sandbox.edition import Handler
from sandbox.editions.register.control import dfe, organisations, registration, schools, statements

ACTS: Final[Mapping[str, Handler]] = {
    "registration.register": registration.register,
    "schools.join": registration.join,
    "schools.change_details": schools.change_details,
    "schools.assign_mentor": schools.assign_mentor,
    "schools.leave": schools.leave,
    "schools.withdraw": schools.withdraw,
    "acts.change_provider": schools.change_provider,
    "acts.choose_training": schools.choose_training,
    "acts.change_school": schools.change_school,
    "dfe.validate": dfe.validate,
    "dfe.end_induction": dfe.end_induction,
    "dfe.merge": dfe.merge,
    "cohorts.open_cohort": dfe.open_cohort,
    "cohorts.close_cohort": dfe.close_cohort,
    "statements.list_statements": statements.list_statements,
    "statements.get_statement": statements.get_statement,
    "statements.mark_payable": statements.mark_payable,
    "statements.mark_paid": statements.mark_paid,
    "organisations.relate": organisations.relate,
    "acts.add_partnership": organisations.add_partnership,
}
