"""Ids that stand for somebody they should not, or for nobody."""

from __future__ import annotations

from typing import Final

from sandbox.edition import Defect
from sandbox.rules import identity
from sandbox.rules.parts import altered, becoming

IDENTIFYING: Final = (
    Defect(
        name="second-record-somebody-else",
        about="Keeps two ids for one person when the DfE validates a second record of a TRN.",
        breaks="id-change",
        behaviour="deployed",
        rules=altered("older_record", becoming(identity.nobody_else)),
    ),
    Defect(
        name="retired-id-does-for-all",
        about="Takes a retired id for training that was never under it.",
        breaks="id-change",
        behaviour="deployed",
        rules=altered("visibility.goes_by", becoming(identity.goes_by)),
    ),
)
