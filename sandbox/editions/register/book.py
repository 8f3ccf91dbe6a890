"""The rule books of Register, by behaviour: there is one, the service's own."""

from __future__ import annotations

from typing import Final

from sandbox.editions.register.rules.book import RegisterBook
from sandbox.model import Behaviour

BOOK: Final = RegisterBook()
BOOKS: Final[dict[Behaviour, RegisterBook]] = {"deployed": BOOK}
