"""The editions there are. `ALL` is handed to whatever serves, seeds or lists them."""

from __future__ import annotations

from typing import Final

from sandbox.edition import Edition
from sandbox.editions import ecf, register

ALL: Final[tuple[Edition, ...]] = (ecf.EDITION, register.EDITION)
