"""Which rule a scenario shows at work, and where it applies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import pytest

MARKERS: Final = (
    "refuses(*rules): the scenario sees these rules refuse",
    "accepts(*rules): the scenario sees these rules accept",
    "checks(*names): the scenario looks whether these checks hold",
    "only(*versions): the scenario is about these versions",
    "behaviour(name): the scenario is about this behaviour",
)

F = TypeVar("F", bound=Callable[..., Any])


def refuses(*rule_ids: str) -> Callable[[F], F]:
    """The scenario sees these rules refuse a request, and finds that nothing has changed."""
    return _marked("refuses", rule_ids)


def accepts(*rule_ids: str) -> Callable[[F], F]:
    """The scenario sees these rules let a request through, or do what they say must happen."""
    return _marked("accepts", rule_ids)


def checks(*names: str) -> Callable[[F], F]:
    """The scenario looks whether these checks hold, which are about no single rule."""
    return _marked("checks", names)


def only(*versions: str) -> Callable[[F], F]:
    """The scenario is about these versions of the API alone."""
    return _marked("only", versions)


def behaviour(name: str) -> Callable[[F], F]:
    """The scenario is about one behaviour alone, `documented` or `deployed`."""
    return _marked("behaviour", (name,))


def _marked(name: str, values: tuple[str, ...]) -> Callable[[F], F]:
    def mark(scenario: F) -> F:
        return getattr(pytest.mark, name)(*values)(scenario)  # type: ignore[no-any-return]

    return mark
