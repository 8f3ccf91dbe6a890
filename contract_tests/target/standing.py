"""Whether a deployment stands still while it is tested, or others change what it holds."""

from __future__ import annotations

import time
from typing import Any, Final

from contract_tests.api import Api
from contract_tests.errors import ContractBroken
from contract_tests.lists import lists, paged

LOOKS: Final = 4
APART: Final = 0.7  # seconds
ENOUGH: Final = 3  # times that it stood still


class Standing:
    """Looks at every list for a while, when there is reason to; and no more once it has seen enough."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._stood = 0
        self._moves = False

    def moves(self) -> bool:
        """True where something changed by itself, now or before."""
        if not self._moves and self._stood < ENOUGH:
            self._moves = self._changes()
            self._stood += 1
        return self._moves

    def _changes(self) -> bool:
        before = self._all()
        for _ in range(LOOKS - 1):
            time.sleep(APART)
            if self._all() != before:
                return True
        return False

    def _all(self) -> list[Any]:
        return [self._first(path, needed) for path, needed in lists(self._api.version)]

    def _first(self, path: str, needed: dict[str, str]) -> Any:
        try:
            return self._api.get(path, **needed, **paged(1, 3000)).exchange.json
        except ContractBroken as broken:
            return str(broken)
