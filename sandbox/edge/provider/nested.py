"""Names with brackets, `filter[cohort]=2022`, in query strings and form-encoded bodies."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import parse_qsl

_NAME: Final = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])+)")
_STEPS: Final = re.compile(r"\[([^\[\]]*)\]")
_DEEPEST: Final = 8  # no request of this API needs more than data[attributes][name]


def nested(text: str) -> dict[str, Any]:
    """The members that `a[b]=c&d=e` spells out: {"a": {"b": "c"}, "d": "e"}.

    `a[]=b` makes a list, to which another adds. Of two values for one name the later counts; but where a name has been
    given both a value and members of its own, the value does, so that `filter=x&filter[cohort]=2022` is seen to be no
    object.
    """
    members: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True, errors="replace"):
        steps = _steps(name)
        if len(steps) <= _DEEPEST:
            _put(members, steps, value)
    return members


def _steps(name: str) -> list[str]:
    match = _NAME.fullmatch(name)
    return [match[1], *_STEPS.findall(match[2])] if match else [name]


def _put(members: dict[str, Any], steps: list[str], value: Any) -> None:
    if "" in steps[1:]:
        steps, value = steps[: steps.index("", 1)], [value]
    for step in steps[:-1]:
        inner = members.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        members = inner
    known = members.get(steps[-1])
    members[steps[-1]] = known + value if isinstance(known, list) and isinstance(value, list) else value
