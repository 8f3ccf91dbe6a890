"""Requests to the target: at its pace, never a write that is not allowed, each one kept as evidence."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

import requests

from contract_tests.config import RunConfig
from contract_tests.errors import ReadOnly, Unusable
from contract_tests.exchange import SECRET, Exchange, masked

TIMEOUT: Final = (10, 60)  # seconds to connect, and to wait for a part of the answer
READS: Final = frozenset({"GET"})
LONGEST_WAIT: Final = 300  # seconds: the service counts in windows of five minutes


class Wire:
    """Leads to the target of a run. `heard` is told of every exchange.

    `ends_at` is the time.monotonic() at which to give up, `wait` how to wait.
    """

    def __init__(
        self,
        config: RunConfig,
        *,
        heard: Callable[[Exchange], None] = lambda _: None,
        read_only: bool = False,
        ends_at: float | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url = config.url
        self.read_only = read_only
        self.production = config.production
        self._heard = heard
        self._headers = dict(config.headers)
        self._pause = 1 / config.rate if config.rate else 0.0
        self._next = 0.0
        self._ends_at = ends_at
        self._sleep = wait
        self.session = requests.Session()
        self._look_around()

    def send(
        self,
        method: str,
        path: str,
        *,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        json: Any = None,
        data: bytes | None = None,
        patient: bool = True,
    ) -> Exchange:
        """Send a request, and again after a while when the target is asked too often (unless not `patient`).

        Raises ReadOnly, Unusable.
        """
        asked = {"headers": dict(headers or {}), "params": params, "json": json, "data": data}
        return self.ask(method, self.url + path, token=token, patient=patient, **asked)[0]

    def ask(
        self, method: str, url: str, *, token: str | None = None, patient: bool = True, **content: Any
    ) -> tuple[Exchange, requests.Response]:
        """The same for a request as `requests` takes it: what was said, and the answer as it came."""
        content["headers"] = self._headers | dict(content.get("headers") or {})
        if token is not None:
            content["headers"]["Authorization"] = f"Bearer {token}"
        waited, pause = 0.0, 1.0
        while True:
            exchange, answer = self._once(method, url, content)
            if exchange.status != 429 or not patient:
                return exchange, answer
            pause = _retry_after(exchange) or pause
            if waited + pause > LONGEST_WAIT:
                raise Unusable(
                    f"{self.url} has answered 429 (too many requests) for {waited:.0f} seconds. "
                    "Wait until it counts anew, or ask more slowly with --rate-limit."
                )
            self._wait(pause)
            waited, pause = waited + pause, min(pause * 2, 30)

    def _once(self, method: str, url: str, content: Mapping[str, Any]) -> tuple[Exchange, requests.Response]:
        if self.read_only and method.upper() not in READS:
            raise ReadOnly
        self._wait(self._next - time.monotonic())
        self._next = time.monotonic() + self._pause
        at, began = datetime.now(UTC), time.perf_counter()
        try:
            answer = self.session.request(method, url, **content, timeout=TIMEOUT, allow_redirects=False)
        except requests.RequestException as error:
            raise Unusable(f"{method} {url} got no answer: {_plainly(error)}.") from error
        exchange = Exchange(
            at=at,
            seconds=time.perf_counter() - began,
            method=method.upper(),
            url=str(answer.request.url),
            path=urlsplit(str(answer.request.url)).path.removeprefix(urlsplit(self.url).path),
            request_headers=masked(dict(answer.request.headers), _secret(self._headers)),
            request_body=_bytes(answer.request.body),
            status=answer.status_code,
            headers={name.lower(): value for name, value in masked(dict(answer.headers)).items()},
            content=answer.content,
        )
        self._heard(exchange)
        return exchange, answer

    def _look_around(self) -> None:
        """Take proxies and certificates from the environment once: `requests` would before each request.

        No .netrc is looked into.
        """
        around = self.session.merge_environment_settings(self.url, {}, None, None, None)
        self.session.proxies, self.session.verify = around["proxies"], around["verify"]
        self.session.trust_env = False

    def _wait(self, seconds: float) -> None:
        if self._ends_at is not None and time.monotonic() + max(seconds, 0) > self._ends_at:
            raise Unusable("The time that --max-time allows is over. Allow more, or select fewer rules with --rules.")
        if seconds > 0:
            self._sleep(seconds)


def _secret(own: Mapping[str, str]) -> frozenset[str]:
    """Whatever was given with --header may be a key of some gateway: none of it is shown."""
    return SECRET | {name.lower() for name in own}


def _bytes(body: Any) -> bytes:
    return body.encode() if isinstance(body, str) else bytes(body or b"")


def _retry_after(exchange: Exchange) -> float | None:
    text = exchange.headers.get("retry-after", "")
    return min(float(text), LONGEST_WAIT) if text.isdecimal() else None


def _plainly(error: requests.RequestException) -> str:
    """What went wrong with a connection, in words."""
    match error:
        case requests.exceptions.SSLError():
            return f"TLS failed ({_innermost(error)})"
        case requests.exceptions.Timeout():
            return "it took too long"
        case requests.exceptions.ConnectionError():
            return f"no connection ({_innermost(error)})"
    return str(error) or type(error).__name__


def _innermost(error: BaseException) -> str:
    cause: Any = error
    while True:
        deeper = cause.__cause__ or cause.__context__ or getattr(cause, "reason", None)
        if not isinstance(deeper, BaseException):
            return str(cause) or type(cause).__name__
        cause = deeper
