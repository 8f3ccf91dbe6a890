"""People whom a target told of: each value of theirs has a mask, the same wherever it is met again."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import Final
from urllib.parse import quote, quote_plus

SHORTEST: Final = 4  # what is shorter may be a part of any word
_WORD: Final = re.compile(r"[^\W_]+")
_MASK: Final = re.compile(r"(?:name|email|trn|number|date)-[a-z2-9]{7}")
_NOBODY: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d.*|ecf-.*", re.IGNORECASE)


class People:
    """Masks what is personal, and knows it again. `key` is what makes a mask one that nobody can undo by guessing."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._whole: dict[str, str] = {}  # by value in lower case
        self._forms: dict[str, list[tuple[str, int, str]]] = {}  # by first word: how it is written, where the word is
        self._parts: dict[str, str] = {}  # single words of names

    def __len__(self) -> int:
        """How many values are known."""
        return len(self._whole)

    def mask(self, kind: str, value: object) -> str:
        """What stands for a value: `name-k3f9q2x`. It is known from now on."""
        if isinstance(value, str) and _MASK.fullmatch(value):
            return value
        digest = blake2b(repr(value).encode("utf-8", "backslashreplace"), key=self._key, digest_size=8).digest()
        mask = f"{kind}-{_letters(digest)}"
        text = str(value)
        if len(text) >= SHORTEST and text.lower() not in self._whole and not _NOBODY.fullmatch(text):
            self._learn(kind, text, mask)
        return mask

    def known(self, value: str) -> str | None:
        """The mask of what is just such a value."""
        return self._whole.get(value.lower())

    def hidden(self, text: str, *, parts: bool) -> str:
        """A text without those who are known; with `parts` without single words of their names as well."""
        if not self._forms:
            return text
        lower = text.lower()
        if len(lower) != len(text):
            lower = "".join(small if len(small := each.lower()) == 1 else each for each in text)
        return "".join(self._pieces(text, lower, parts=parts))

    def _pieces(self, text: str, lower: str, *, parts: bool) -> Iterator[str]:
        told = 0
        for word in _WORD.finditer(lower):
            begins = word.start()
            if begins < told:
                continue
            for form, offset, mask in self._forms.get(word[0], ()):
                if begins - offset >= told and lower.startswith(form, begins - offset):
                    yield text[told : begins - offset]
                    yield mask
                    told = begins - offset + len(form)
                    break
            else:
                if parts and word[0] in self._parts and text[begins].isupper():
                    yield text[told:begins]
                    yield self._parts[word[0]]
                    told = word.end()
        yield text[told:]

    def _learn(self, kind: str, value: str, mask: str) -> None:
        self._whole[value.lower()] = mask
        for form in {each.lower() for each in _forms(value)}:
            word = _WORD.search(form)
            if word is not None:
                self._forms.setdefault(word[0], []).append((form, word.start(), mask))
                self._forms[word[0]].sort(key=lambda each: -len(each[0]))
        if kind == "name":
            for word in _WORD.finditer(value.lower()):
                if len(word[0]) >= SHORTEST:
                    self._parts.setdefault(word[0], mask)


def _letters(digest: bytes) -> str:
    """Seven letters and digits."""
    number, found = int.from_bytes(digest, "big"), ""
    for _ in range(7):
        number, digit = divmod(number, 32)
        found += "abcdefghijkmnpqrstuvwxyz23456789"[digit]
    return found


def _forms(value: str) -> Iterator[str]:
    """How a value may be written: in a sentence, in JSON, in Python, in CSV, in HTML, as a part of an address."""
    yield value
    yield " ".join(value.split())
    yield value.replace('"', '""')
    yield from (json.dumps(value, ensure_ascii=plain)[1:-1] for plain in (True, False))
    yield repr(value)[1:-1]
    yield repr(value.encode("utf-8", "backslashreplace"))[2:-1]
    yield from (html.escape(value), html.escape(value).replace("&#x27;", "&#39;"))
    words = [word[0] for word in _WORD.finditer(value)]
    if len(words) > 1:
        yield from (between.join(words) for between in "-_.")
    raw = value.encode("utf-8", "backslashreplace")
    yield from (quote(raw), quote_plus(raw), quote(raw, safe="@'"), quote_plus(raw, safe="@'"))
