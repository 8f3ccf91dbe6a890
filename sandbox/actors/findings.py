"""What the DfE finds out about someone: their TRN may say it."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from sandbox.model import ValidationStatus

_MAGIC: Final = re.compile("0000[0-9]{2}([1-6])")


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What the DfE finds out about someone."""

    status: ValidationStatus
    trn_validated: bool | None = None


# By the last digit of a magic TRN. The digits before it are free, as one TRN given twice is one person to the DfE.
FINDINGS: Final = {
    "1": Finding(status="contacted_for_information"),
    "2": Finding(status="dfe_checking_eligibility"),
    "3": Finding(status="checking_qts"),
    "4": Finding(status="not_eligible_for_funded_training"),
    "5": Finding(status="eligible_to_start"),
    "6": Finding(status="eligible_to_start", trn_validated=False),
}


def finding(trn: str | None) -> Finding:
    """What the DfE finds out about whoever has this TRN: unless it is a magic one, that they can start."""
    magic = _MAGIC.fullmatch(trn or "")
    return FINDINGS[magic[1]] if magic else FINDINGS["5"]
