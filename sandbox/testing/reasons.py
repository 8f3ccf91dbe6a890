"""Why an answer is as it is, in a sentence to read where a test fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final, Protocol

RULE: Final = "x-sandbox-rule"
HINT: Final = "x-sandbox-hint"
REQUEST: Final = "x-request-id"


class Answer(Protocol):
    """An answer, as httpx, requests, urllib and others have it."""

    @property
    def headers(self) -> Any:
        """Its headers, as names and values."""


def of_logged(request: Mapping[str, Any]) -> str:
    """What came of a request that a world remembers, and why."""
    asked = f"{request['status']} to {request['method']} {request['path']}"
    if request["fault"] is not None:
        return f"{asked}: a fault that was asked for ({request['fault']}). end_faults() ends what is left of it."
    if not request["broke"]:
        if request["status"] < 400:
            return f"{asked}: no refusal, and no rule was broken.{_unread(request['ignored'])}"
        return f"{asked}: no rule was broken. What the answer says is all there is to it."
    hint = f" {request['hint']}" if request.get("hint") else ""
    return f"{asked} breaks {' And '.join(map(_broken, request['broke']))}{hint}{_unread(request['ignored'])}"


def of_unknown(answer: object) -> str:
    """What can be said of something that no world remembers: an answer from elsewhere, or no answer at all."""
    headers = headers_of(answer)
    if headers is None:
        return f"This is no answer but {type(answer).__name__}: give why() the response itself, which has headers."
    status = next((getattr(answer, name) for name in ("status_code", "status", "code") if hasattr(answer, name)), None)
    what = "An answer" if status is None else str(status)
    rule = headers.get(RULE)
    if rule is not None and status == HTTPStatus.UNAUTHORIZED:
        wanted = headers.get(HINT, "No world has the token.")
        return f"{what} breaks {rule}: {wanted} provider().token is one of this world's."
    if rule is not None:
        return f"{what} breaks {rule}. This world does not remember it: was it asked with a token of this world's?"
    if REQUEST not in headers:
        return f"{what} without X-Request-Id: it is no answer of a sandbox. Is that where the request was sent?"
    if "html" in headers.get("content-type", ""):
        return f"{what} with a page to be read: it is no answer of an API. Is the path one of /api/…?"
    return (
        f"{what}, which this world does not remember: it keeps the last 1,000 requests with tokens of its own. "
        "Ask why() at once, of the world whose token was sent. Of the control API the answer itself says why."
    )


def headers_of(answer: object) -> Mapping[str, str] | None:
    """The headers of an answer by their names in small letters, whichever library it is of; None if it has none."""
    headers: Any = getattr(answer, "headers", None)
    try:
        pairs = headers.items() if hasattr(headers, "items") else headers
        return None if pairs is None else {str(name).lower(): str(value) for name, value in pairs}
    except (TypeError, ValueError):
        return None


def _unread(ignored: Sequence[str]) -> str:
    """What was sent in vain: the service says nothing of it."""
    return f" Nothing reads {', '.join(ignored)}." if ignored else ""


def _broken(rule: Mapping[str, Any]) -> str:
    """A rule, what it wants, and what it would have taken. Without a title the answer says nothing of it."""
    sentence = f"{rule['rule']}: {rule['detail'] if rule['title'] else rule['summary']}"
    if nearest := rule["nearest"]:
        sentence += f" The nearest {nearest['attribute']} that would do is {nearest['value']}."
    return sentence
