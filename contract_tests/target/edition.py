"""Which edition a deployment is: a sandbox serves whoever has a token the document of the world that it is for."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from contract_tests.config import RunConfig
from contract_tests.documents import EDITIONS, title
from contract_tests.errors import Unusable
from contract_tests.turns import Turns
from contract_tests.wire import Wire

DOCUMENT: Final = "/api/v3/openapi.json"


def edition_at(
    config: RunConfig,
    *,
    turns: Turns | None = None,
    ends_at: float | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> str | None:
    """The edition of a target; None where nothing says so.

    Raises Unusable where nobody answers, and where another edition is asked for than there is.
    """
    wire = Wire(config, read_only=True, turns=turns, ends_at=ends_at, wait=wait)
    said = wire.send("GET", DOCUMENT, token=config.token, patient=False)
    document = said.json if said.status == 200 and isinstance(said.json, dict) else {}
    info = document.get("info")
    called = info.get("title") if isinstance(info, dict) else None
    found = next((edition for edition in EDITIONS if title(edition) == called), None)
    if found is not None and config.edition not in (None, found):
        raise Unusable(f"The token is one of {found} at {config.url}: leave out --edition, or give another token.")
    return found
