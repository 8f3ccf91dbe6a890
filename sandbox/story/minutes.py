"""Keeps a story for a program to read: each step, each request and its answer in full."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

from sandbox.story.tale import Step


class Minutes:
    """What was told so far is in `stories`. It is told as to a narrator; no token is in it."""

    def __init__(self) -> None:
        self.names: Mapping[str, str] = {}
        self.stories: list[dict[str, Any]] = []
        self._exchanges: list[dict[str, Any]] | None = None

    def title(self, text: str) -> None:
        """Begin a story, or a branch of it."""
        self.stories.append({"title": text, "steps": []})

    def text(self, text: str) -> None:
        """Say something about it, which is for people alone."""

    @contextmanager
    def telling(self, number: int, step: Step) -> Iterator[None]:
        """Keep a step with what is heard meanwhile."""
        self._exchanges = []
        about = {"number": number, "title": step.title, "who": step.who, "text": " ".join(step.text.split())}
        self.stories[-1]["steps"].append({**about, "exchanges": self._exchanges})
        try:
            yield
        finally:
            self._exchanges = None

    def hear(self, response: httpx.Response) -> None:
        """Keep a request and its answer."""
        if self._exchanges is None:
            return
        response.read()
        request = response.request
        authorization = request.headers.get("Authorization", "")
        self._exchanges.append(
            {
                "provider": self.names.get(authorization.removeprefix("Bearer ")),
                "method": request.method,
                "url": str(request.url),
                "sent": json.loads(request.content) if request.content else None,
                "status": response.status_code,
                "rule": response.headers.get("X-Sandbox-Rule"),
                "answer": response.json() if response.content else None,
            }
        )
