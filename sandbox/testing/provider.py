"""A lead provider, who asks the API itself."""

from __future__ import annotations

from dataclasses import field
from typing import Any

import httpx
import msgspec


class Provider(msgspec.Struct, frozen=True):
    """A lead provider in one world. Its requests bear its token; what else they hold is said as to httpx."""

    id: str
    name: str
    token: str
    http: httpx.Client = field(repr=False, compare=False)

    def get(self, path: str, **options: Any) -> httpx.Response:
        """`provider.get("/api/v3/participants/ecf", params={"filter[cohort]": "2024"})`."""
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        """`provider.post("/api/v3/participant-declarations", json={"data": …})`."""
        return self.request("POST", path, **options)

    def put(self, path: str, **options: Any) -> httpx.Response:
        """`provider.put("/api/v3/participant-declarations/…/void")`."""
        return self.request("PUT", path, **options)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Ask anything, whatever is answered."""
        headers = {"Authorization": f"Bearer {self.token}"} | dict(options.pop("headers", None) or {})
        return self.http.request(method, path, headers=headers, **options)
