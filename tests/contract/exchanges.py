"""Answers that are made up, as if a deployment had given them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from contract_tests.exchange import Exchange

API = "application/vnd.api+json"


def answer(
    method: str, path: str, status: int, content: Any = None, *, media_type: str = API, **headers: str
) -> Exchange:
    """An exchange with this answer."""
    body = content if isinstance(content, bytes) else b"" if content is None else json.dumps(content).encode()
    return Exchange(
        at=datetime(2024, 11, 15, 9, tzinfo=UTC),
        seconds=0.01,
        method=method,
        url=f"http://deployment{path}",
        path=path,
        request_headers={},
        request_body=b"",
        status=status,
        headers={"content-type": media_type, **headers},
        content=body,
    )
