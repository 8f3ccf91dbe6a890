"""Which methods each path of the documents has."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sandbox.edition import Document
from sandbox.rules.rule import rule


class Methods:
    """Which methods each path of some documents has."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._paths = [
            (
                re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(document["servers"][0]["url"] + path))),
                set(operations),
            )
            for document in documents
            for path, operations in document["paths"].items()
        ]

    @rule("method.unknown")
    def of(self, path: str) -> list[str]:
        """The methods of a path, as an `Allow` header lists them; HEAD goes where GET goes."""
        lower = {method for template, methods in self._paths if template.fullmatch(path) for method in methods}
        upper = {method.upper() for method in lower if method in ("get", "put", "post", "patch", "delete")}
        return sorted(upper | {"HEAD"} if "GET" in upper else upper)
