"""Which rule a test shows at work. `test_triangle.py` sees to it that none is left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def refuses(*_rule_ids: str) -> Callable[[F], F]:
    """The test sees these rules refuse a request over HTTP, and finds that nothing has changed."""
    return lambda test: test


def accepts(*_rule_ids: str) -> Callable[[F], F]:
    """The test sees these rules let a request through, or do what they say must happen."""
    return lambda test: test
