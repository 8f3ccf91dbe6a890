"""What is different in every run: ids, tokens, and the names and numbers that somebody was given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# Members of the control API's answers that name what the session will speak of.
NAMING: Final = frozenset({"id", "training_record_id", "participant_id", "full_name", "email", "trn", "token"})

Spelling = Callable[[str], str]


class Bindings:
    """What stands here for each id and name that was recorded: the first time one appears it is bound, for good."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._here = dict(known)

    def bind(self, recorded: str, here: str) -> str:
        """What a recorded id stands for: the id here, unless it was bound to another before."""
        return self._here.setdefault(recorded, here)

    def bind_setup(self, recorded: Any, here: Any) -> None:
        """Bind what the control API made up there to what it made up here."""
        if isinstance(recorded, dict) and isinstance(here, dict):
            for name, value in recorded.items():
                if name in NAMING and isinstance(value, str) and isinstance(here.get(name), str):
                    self.bind(value, here[name])
                self.bind_setup(value, here.get(name))

    def translate(self, text: str) -> str:
        """A recorded text, with what stands here in the place of each recorded id and name, the longest first."""
        for recorded, here in sorted(self._here.items(), key=lambda bound: -len(bound[0])):
            if recorded != here:
                for spelt in _spellings(recorded):
                    text = text.replace(spelt(recorded), spelt(here))
        return text


def _spellings(recorded: str) -> Iterator[Spelling]:
    """How a name may be written in a path or a body."""
    yield str
    if UUID.fullmatch(recorded):
        yield str.upper
        yield lambda id: id.replace("-", "")
    else:
        yield lambda name: quote(name, safe="")
