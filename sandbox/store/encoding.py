"""How records are written wherever they are kept."""

from __future__ import annotations

from typing import Final

import msgspec

# Sets in order: Python has them in another one in each process, and what is equal is to have one digest in all of them.
encoded: Final = msgspec.json.Encoder(order="deterministic").encode
"""A record as JSON: equal ones alike, whichever process writes them."""
