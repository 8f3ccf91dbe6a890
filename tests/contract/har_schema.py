"""What HTTP Archive 1.2 asks for, as JSON Schema: every member it requires, and the type of each."""

from __future__ import annotations

from typing import Any, Final


def _object(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [*required],
        "properties": {**required, "comment": TEXT, **optional},
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


TEXT: Final[dict[str, Any]] = {"type": "string"}
SIZE: Final[dict[str, Any]] = {"type": "integer", "minimum": -1}
LENGTH: Final[dict[str, Any]] = {"type": "number", "minimum": 0}
TIME: Final[dict[str, Any]] = {
    "type": "string",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$",
}
PAIR: Final = _object({"name": TEXT, "value": TEXT})
MESSAGE: Final[dict[str, Any]] = {
    "httpVersion": TEXT,
    "cookies": _list(PAIR),
    "headers": _list(PAIR),
    "headersSize": SIZE,
    "bodySize": SIZE,
}
REQUEST: Final = _object(
    {"method": TEXT, "url": {"type": "string", "pattern": "^https?://"}, "queryString": _list(PAIR), **MESSAGE},
    postData=_object({"mimeType": TEXT, "params": _list(PAIR), "text": TEXT}),
)
RESPONSE: Final = _object(
    {
        "status": {"type": "integer"},
        "statusText": TEXT,
        "redirectURL": TEXT,
        "content": _object({"size": SIZE, "mimeType": TEXT}, text=TEXT, encoding=TEXT),
        **MESSAGE,
    }
)
ENTRY: Final = _object(
    {
        "startedDateTime": TIME,
        "time": LENGTH,
        "request": REQUEST,
        "response": RESPONSE,
        "cache": {"type": "object"},
        "timings": _object({"send": LENGTH, "wait": LENGTH, "receive": LENGTH}),
    },
    pageref=TEXT,
)
PAGE: Final = _object({"startedDateTime": TIME, "id": TEXT, "title": TEXT, "pageTimings": {"type": "object"}})
HAR_SCHEMA: Final = _object(
    {
        "log": _object(
            {
                "version": {"const": "1.2"},
                "creator": _object({"name": TEXT, "version": TEXT}),
                "entries": _list(ENTRY),
            },
            pages=_list(PAGE),
        )
    }
)
