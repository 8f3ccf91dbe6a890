"""Which methods each path of the documents has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from sandbox.edition import Document
from sandbox.rules.rule import rule

LONGEST: Final = 200  # characters of a path that is likened to others


class Methods:
    """Which methods each path of some documents has."""

    def __init__(self, documents: Iterable[Document]) -> None:
        templates = [
            (document["servers"][0]["url"] + path, set(operations))
            for document in documents
            for path, operations in document["paths"].items()
        ]
        self._known = {template for template, _ in templates}
        self._paths = [
            (re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))), operations)
            for template, operations in templates
        ]

    @rule("method.unknown")
    def of(self, path: str) -> list[str]:
        """The methods of a path, as an `Allow` header lists them; HEAD goes where GET goes."""
        lower = {method for template, methods in self._paths if template.fullmatch(path) for method in methods}
        upper = {method.upper() for method in lower if method in ("get", "put", "post", "patch", "delete")}
        return sorted(upper | {"HEAD"} if "GET" in upper else upper)

    def spells(self, path: str) -> bool:
        """True for a path that is written out, with no id in it."""
        return path in self._known

    def nearest(self, path: str) -> str | None:
        """The path that is most like one which there is not, if any is."""
        return next(iter(get_close_matches(path[:LONGEST], sorted(self._known), 1)), None)
