"""What a target says may hold anything; a terminal, a page and a file get only what can be seen."""

from __future__ import annotations

import re
from typing import Final

# Controls but tab and line feed; what turns or hides text (bidirectional, zero width, tags); halves of characters.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e007f]"
)


def printable(text: str) -> str:
    """The same, with what is not to be seen written as JSON writes it: an escape is `\\u001b`."""
    return _UNSEEN.sub(_written, text.replace("\r\n", "\n"))


def _written(unseen: re.Match[str]) -> str:
    if unseen[0] == "\r":
        return "\\r"
    pair = unseen[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pair[at : at + 2].hex()}" for at in range(0, len(pair), 2))
