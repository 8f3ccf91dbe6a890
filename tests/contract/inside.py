"""A way to a sandbox in this very process, for what sends many requests and is not about the network."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import requests

from contract_tests.line import Line
from tests.reality.in_process import Service

URL = "http://localhost"


class Inside(Line):
    """Has requests answered by the application itself."""

    def __init__(self) -> None:
        super().__init__("http://localhost")
        self._service = Service()
        self._loop = asyncio.new_event_loop()

    def ask(self, method: str, url: str, content: dict[str, Any], seconds: float) -> Any:  # noqa: ARG002
        """What the application answers, as far as a wire looks at it."""
        sent = {name: content.get(name) for name in ("headers", "params", "json", "data")}
        asked = requests.Request(method, url, **sent).prepare()
        body = asked.body.encode() if isinstance(asked.body, str) else asked.body
        answering = self._service.send(asked.method or "", asked.path_url, body, dict(asked.headers))
        answer = self._loop.run_until_complete(answering)
        headers = {"content-type": answer.type} | ({"x-sandbox-rule": answer.rules} if answer.rules else {})
        return SimpleNamespace(request=asked, status_code=answer.status, headers=headers, content=answer.text.encode())

    def close(self) -> None:
        """No more is asked."""
        self._loop.close()
