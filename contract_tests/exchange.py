"""One request and its answer, as evidence: tokens are masked before anything is kept."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from contract_tests.json_text import from_json

SECRET: Final = frozenset({"authorization", "cookie", "proxy-authorization", "set-cookie", "x-api-key"})
MASK: Final = "•••"


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A request and its answer. `seconds` is how long the answer took; headers hold no secrets."""

    at: datetime
    seconds: float
    method: str
    url: str
    path: str
    request_headers: Mapping[str, str]
    request_body: bytes
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def media_type(self) -> str:
        """What the answer says it is, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip()

    @cached_property
    def json(self) -> Any:
        """What the answer says; None when it is no JSON, which is in UTF-8 without a mark before it."""
        try:
            return from_json(self.content.decode())
        except (ValueError, RecursionError):
            return None

    def beginning(self, longest: int = 200) -> str:
        """How an answer begins, to be shown. Nothing is cut in the middle, which could not be masked any more."""
        text = self.content.decode("utf-8", "replace")
        return text if len(text) <= longest else re.sub(r"[^\s\"<>,]*$", "…", text[:longest], count=1)

    @property
    def rules(self) -> list[str]:
        """The rules that a sandbox says it was refused by."""
        named = self.headers.get("x-sandbox-rule")
        return named.split(", ") if named else []

    def curl(self) -> str:
        """The request, to be tried again with a token of one's own."""
        parts = ["curl", "-i", "-g"] + (["-X", self.method] if self.method not in ("GET", "HEAD") else [])
        for name, value in self.request_headers.items():
            if name.lower() == "authorization":
                value = "Bearer $ECF_TOKEN"
            if name.lower() in ("authorization", "content-type", "x-with-server-date"):
                parts += ["-H", f"{name}: {value}"]
        if self.request_body:
            parts += ["-d", self.request_body.decode("utf-8", "replace")]
        quoted = [shlex.quote(part) for part in (*parts, self.url)]
        return " ".join(quoted).replace("'Authorization: Bearer $ECF_TOKEN'", '"Authorization: Bearer $ECF_TOKEN"')


def masked(headers: Mapping[str, str], secrets: frozenset[str] = SECRET) -> dict[str, str]:
    """Headers without what nobody else should see."""
    return {name: MASK if name.lower() in secrets else value for name, value in headers.items()}
