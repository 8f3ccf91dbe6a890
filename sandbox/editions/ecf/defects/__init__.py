"""Wrong behaviours to switch on, so that tests can be tested: what they let pass with one of these, they do not test.

Each is the rule book, or the presentation, with one part replaced. Nothing else changes anywhere.
"""

from __future__ import annotations

from typing import Final

from sandbox.edition import Defect
from sandbox.editions.ecf.defects.answering import ANSWERING
from sandbox.editions.ecf.defects.changing import CHANGING
from sandbox.editions.ecf.defects.declaring import DECLARING
from sandbox.editions.ecf.defects.identifying import IDENTIFYING
from sandbox.editions.ecf.defects.paying import PAYING
from sandbox.editions.ecf.defects.reading import READING
from sandbox.editions.ecf.defects.reporting import REPORTING
from sandbox.editions.ecf.defects.sending import SENDING
from sandbox.editions.ecf.defects.spelling import SPELLING
from sandbox.editions.ecf.defects.training import TRAINING

DEFECTS: Final[dict[str, Defect]] = {
    defect.name: defect
    for defect in (
        *DECLARING,
        *PAYING,
        *TRAINING,
        *REPORTING,
        *CHANGING,
        *IDENTIFYING,
        *READING,
        *SENDING,
        *SPELLING,
        *ANSWERING,
    )
}
