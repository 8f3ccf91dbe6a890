"""Something that was looked at: how it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from sandbox.logs import printable

State = Literal["ok", "note", "wrong"]


class Finding(msgspec.Struct, frozen=True):
    """`note` keeps nothing from serving; `wrong` does. What is not ok says how to mend it."""

    about: str
    state: State
    found: str
    mend: str = ""

    @property
    def is_wrong(self) -> bool:
        """True when it keeps the sandbox from serving."""
        return self.state == "wrong"

    def as_json(self) -> dict[str, str]:
        """The same for a program."""
        return {"about": self.about, "state": self.state, "found": self.found, "mend": self.mend}


def told(findings: Sequence[Finding]) -> str:
    """The same for a person."""
    widest = max(len(each.about) for each in findings)
    lines = []
    for each in findings:
        state = each.state.upper() if each.is_wrong else each.state
        lines.append(f"{state:5}  {each.about:{widest}}  {printable(each.found)}")
        if each.mend:
            lines.append(f"{'':5}  {'':{widest}}  -> {printable(each.mend)}")
    wrong = sum(each.is_wrong for each in findings)
    things = "one thing is wrong" if wrong == 1 else f"{wrong} things are wrong"
    return "\n".join([*lines, "", f"It cannot serve: {things}." if wrong else "Nothing keeps it from serving."])
