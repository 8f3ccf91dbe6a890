"""Wrong behaviours to switch on, so that tests can be tested: what they let pass with one of these, they do not test.

Only `app` and `cli` know of this package. None of it does anything unless a world was given a defect by its name.
"""

from __future__ import annotations

from typing import Final

from sandbox.defects.answering import ANSWERING
from sandbox.defects.declaring import DECLARING
from sandbox.defects.defect import Defects
from sandbox.defects.paying import PAYING
from sandbox.defects.reading import READING
from sandbox.defects.training import TRAINING

DEFECTS: Final = Defects(*DECLARING, *PAYING, *TRAINING, *READING, *ANSWERING)
