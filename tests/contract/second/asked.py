"""What was asked: its time, its query and its body, as far as they are what the document says."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, TypeVar
from urllib.parse import unquote

from werkzeug import Request

T = TypeVar("T")

_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


class Refused(Exception):
    """A request is refused over these things, each an entry of its own."""

    def __init__(self, status: int, *titles: str) -> None:
        super().__init__(status, *titles)
        self.status = status
        self.titles = dict.fromkeys(titles)


class Asked:
    """A request that has been let in. Raises Refused when its time, or its filter, is none."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self.now = self._time() or datetime.now(UTC).replace(microsecond=0)
        given = self._members("filter", "Bad parameter")
        self.filters = {name: text for name, text in given.items() if text.strip()}

    @property
    def sort(self) -> Sequence[str]:
        return self._request.args.get("sort", "").split(",")

    @property
    def since(self) -> datetime | None:
        if "updated_since" not in self.filters:
            return None
        text = self.filters["updated_since"]
        since = time(text) or time(unquote(text))
        if since is None:
            raise Refused(400, "Bad request")
        return since

    def wants(self, name: str, value: str) -> bool:
        """Whether a filter names a value among others, in whichever letters, or is not there."""
        named = {each.strip().lower() for each in self.filters.get(name, "").split(",")} - {""}
        return not named or value in named

    def page(self, found: Sequence[T]) -> Sequence[T]:
        """The part of a list that is asked for."""
        asked = {"page": "1", "per_page": "100"} | self._members("page", "Bad request")
        if not all(re.fullmatch("0*[1-9][0-9]*", asked[name]) for name in ("page", "per_page")):
            raise Refused(400, "Bad request")
        size = min(int(asked["per_page"]), 3000)
        begin = (int(asked["page"]) - 1) * size
        return found[begin : begin + size]

    def attributes(self) -> dict[str, str]:
        """Those attributes of the body that are texts."""
        try:
            body = json.loads(self._request.get_data())
        except (ValueError, RecursionError):
            body = None
        data = body.get("data") if isinstance(body, dict) else None
        if not isinstance(data, dict) or not data:
            raise Refused(400, "Bad request")
        sent = data.get("attributes")
        return {name: value for name, value in sent.items() if isinstance(value, str)} if isinstance(sent, dict) else {}

    def _time(self) -> datetime | None:
        text = self._request.headers.get("X-With-Server-Date")
        now = None if text is None else time(text)
        if text is not None and now is None:
            raise Refused(400, "Bad request")
        return now

    def _members(self, name: str, title: str) -> dict[str, str]:
        """The members of a parameter such as filter[name]=value."""
        args = self._request.args
        if name in args or f"{name}[]" in args or (name == "page" and any(key.endswith("][]") for key in args)):
            raise Refused(400, title)
        members = (re.fullmatch(rf"{name}\[(\w+)\](\[\])?", key) for key in args)
        return {member[1]: args[member[0]] for member in members if member}


def time(text: str) -> datetime | None:
    """An RFC 3339 time, to the second; None when it is none."""
    if not _TIME.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None
