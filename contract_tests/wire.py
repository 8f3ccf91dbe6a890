"""Requests to the target: at its pace, never a write that is not allowed, each one kept as evidence."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import NameResolutionError, NewConnectionError

from contract_tests.config import RunConfig
from contract_tests.errors import ANSWERED, ContractBroken, ReadOnly, TimeIsOver, Unusable
from contract_tests.exchange import SECRET, Exchange, masked
from contract_tests.line import MOST_BYTES, Line, TooLong, TooSlow
from contract_tests.turns import Turns

LONGEST_ANSWER: Final = 120.0  # seconds
READS: Final = frozenset({"GET"})
LONGEST_WAIT: Final = 300  # seconds: the service counts in windows of five minutes
MOST_UNANSWERED: Final = 5  # requests in a row: then nobody is there any more


class Wire:
    """Leads to the target of a run. `heard` is told of every exchange.

    `turns` is when it may ask, `ends_at` the time.monotonic() at which to give up, `wait` how to wait. With `goes_on` a
    request without an answer is a finding, as long as others are answered; otherwise it is the end.
    """

    def __init__(
        self,
        config: RunConfig,
        *,
        heard: Callable[[Exchange], None] = lambda _: None,
        read_only: bool = False,
        goes_on: bool = False,
        turns: Turns | None = None,
        ends_at: float | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url = config.url
        self.read_only = read_only
        self.production = config.production
        self._heard = heard
        self._headers = dict(config.headers)
        self._turns = turns or Turns(config.rate)
        self._ends_at = ends_at
        self._sleep = wait
        self._goes_on = goes_on
        self._unanswered = MOST_UNANSWERED  # nobody has answered yet
        self.line = Line(config.url)

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

        Raises ReadOnly, Unusable, ContractBroken.
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

    def _once(self, method: str, url: str, content: dict[str, Any]) -> tuple[Exchange, requests.Response]:
        if self.read_only and method.upper() not in READS:
            raise ReadOnly
        self._wait(self._turns.take())
        at, began = datetime.now(UTC), time.perf_counter()
        answer = self._answer(method, url, content)
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

    def _answer(self, method: str, url: str, content: dict[str, Any]) -> requests.Response:
        """The answer. Raises Unusable or ContractBroken where none comes, or one without an end."""
        left = LONGEST_ANSWER if self._ends_at is None else self._ends_at - time.monotonic()
        seconds = max(0.1, min(left, LONGEST_ANSWER))
        try:
            try:
                answer = self.line.ask(method, url, content, seconds)
            except requests.ConnectionError as error:
                if method.upper() not in READS or self.line.is_fresh or _nobody_is_there(error):
                    raise
                self.line.renew()  # the connection may have been closed just then
                answer = self.line.ask(method, url, content, seconds)
        except TooSlow:
            if seconds < LONGEST_ANSWER:
                raise TimeIsOver from None
            self._lacks(method, url, f"the answer took longer than {seconds:.0f} seconds")
        except TooLong:
            self._lacks(method, url, f"the answer is longer than {MOST_BYTES // 1_000_000} MB")
        except requests.RequestException as error:
            if self._ends_at is not None and time.monotonic() > self._ends_at:
                raise TimeIsOver from error
            self._lacks(method, url, _plainly(error), is_gone=_nobody_is_there(error))
        self._unanswered = 0
        return answer

    def _lacks(self, method: str, url: str, what: str, *, is_gone: bool = False) -> NoReturn:
        self._unanswered += 1
        if is_gone or not self._goes_on or self._unanswered > MOST_UNANSWERED:
            raise Unusable(f"{method} {url} got no answer: {what}.")
        raise ContractBroken(ANSWERED, "an answer", f"none to {method} {url}: {what}")

    def _wait(self, seconds: float) -> None:
        if self._ends_at is not None and time.monotonic() + max(seconds, 0) > self._ends_at:
            raise TimeIsOver
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


def _nobody_is_there(error: requests.RequestException) -> bool:
    """True when there is no such host, nobody listens there, or no agreement on keys."""
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(error, requests.exceptions.SSLError) or isinstance(
        reason, (NameResolutionError, NewConnectionError)
    )


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
