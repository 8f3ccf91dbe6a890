"""Wrong behaviours of Register to switch on, so that tests can be tested.

Each is the rule book, or the presentation, with one part replaced. Nothing else changes anywhere.
"""

from __future__ import annotations

from typing import Final

from sandbox.edition import Defect
from sandbox.editions.register.defects.answering import ANSWERING
from sandbox.editions.register.defects.declaring import DECLARING
from sandbox.editions.register.defects.moving import MOVING
from sandbox.editions.register.defects.organising import ORGANISING
from sandbox.editions.register.defects.paying import PAYING
from sandbox.editions.register.defects.reading import READING
from sandbox.editions.register.defects.scheduling import SCHEDULING
from sandbox.editions.register.defects.showing import SHOWING
from sandbox.editions.register.defects.training import TRAINING

DEFECTS: Final[dict[str, Defect]] = {
    defect.name: defect
    for defect in (
        *DECLARING,
        *PAYING,
        *TRAINING,
        *SCHEDULING,
        *ORGANISING,
        *MOVING,
        *SHOWING,
        *READING,
        *ANSWERING,
    )
}
