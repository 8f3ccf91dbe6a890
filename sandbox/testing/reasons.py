"""Why an answer is as it is, in a sentence to read where a test fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Protocol

RULE: Final = "X-Sandbox-Rule"
REQUEST: Final = "X-Request-Id"


class Answer(Protocol):
    """An answer, as httpx, requests, urllib and others have it."""

    @property
    def headers(self) -> Any:
        """Its headers, of which `get` finds one however its name is written."""


def of_logged(request: Mapping[str, Any]) -> str:
    """What came of a request that a world remembers, and why."""
    asked = f"{request['status']} to {request['method']} {request['path']}"
    if request["fault"] is not None:
        return f"{asked}: a fault that was asked for ({request['fault']}). end_faults() ends what is left of it."
    if not request["broke"]:
        if request["status"] < 400:
            return f"{asked}: no refusal, and no rule was broken."
        return f"{asked}: no rule was broken. What the answer says is all there is to it."
    return f"{asked} breaks {' And '.join(map(_broken, request['broke']))}"


def of_unknown(answer: Answer) -> str:
    """What can be said of an answer that no world remembers."""
    status = next((getattr(answer, name) for name in ("status_code", "status", "code") if hasattr(answer, name)), "")
    rule = answer.headers.get(RULE)
    if rule is not None:
        return f"{status} breaks {rule}. This world does not remember it: was it asked with a token of this world's?"
    if answer.headers.get(REQUEST) is None:
        return f"{status} without {REQUEST}: it is no answer of a sandbox. Is that where the request was sent?"
    return (
        f"{status}, which this world does not remember: it keeps the last 1,000 requests with tokens of its own. "
        "Ask why() at once, of the world whose token was sent."
    )


def _broken(rule: Mapping[str, Any]) -> str:
    """A rule, what it wants, and what it would have taken. Without a title the answer says nothing of it."""
    sentence = f"{rule['rule']}: {rule['detail'] if rule['title'] else rule['summary']}"
    if nearest := rule["nearest"]:
        sentence += f" The nearest {nearest['attribute']} that would do is {nearest['value']}."
    return sentence
