"""A way to a sandbox in this very process, for what sends many requests and is not about the network."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import requests

from tests.reality.in_process import Service

URL = "http://localhost"


class Inside(requests.Session):
    """Has requests answered by the application itself."""

    def __init__(self) -> None:
        super().__init__()
        self._service = Service()
        self._loop = asyncio.new_event_loop()

    def request(self, method: Any, url: Any, *_: Any, **content: Any) -> Any:
        """What the application answers, as far as a wire looks at it."""
        sent = {name: content.get(name) for name in ("headers", "params", "json", "data")}
        asked = requests.Request(method, url, **sent).prepare()
        body = asked.body.encode() if isinstance(asked.body, str) else asked.body
        answering = self._service.send(asked.method or "", asked.path_url, body, dict(asked.headers))
        answer = self._loop.run_until_complete(answering)
        headers = {"content-type": answer.type}
        return SimpleNamespace(request=asked, status_code=answer.status, headers=headers, content=answer.text.encode())

    def close(self) -> None:
        """No more is asked."""
        self._loop.close()
        super().close()
