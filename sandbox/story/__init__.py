"""How an ECT is trained, from the partnership with her school to the last payment: told once, shown and tested."""

from __future__ import annotations

from typing import Final

# The branches, here because the command line names them before anything else is imported.
TITLES: Final = {
    "deferral": "A break, and back",
    "withdrawal": "She leaves training",
    "transfer": "She moves to a school of another provider",
    "schedule": "She turns out to be on another schedule",
    "clawback": "What was paid is taken back",
}
