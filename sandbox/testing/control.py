"""The control API of a sandbox, asked about one world."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import httpx


class Refusal(Exception):
    """What was asked for was not done. The message is what the sandbox answered; `titles` are the members at fault."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.status = response.status_code
        errors = _errors(response)
        self.titles = [error["title"] for error in errors]
        super().__init__(" ".join(error["detail"] for error in errors))


class Unreachable(ConnectionError):
    """No sandbox answers there."""


class Control:
    """Sends what schools, the DfE and time are to do in one world; without `world`, what is about no single one."""

    def __init__(self, http: httpx.Client, token: str | None, world: str | None = None) -> None:
        self.http = http
        self._token = token
        self._headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        self._world = {} if world is None else {"world": world}

    def of(self, world: str) -> Control:
        """The same, about one world."""
        return Control(self.http, self._token, world)

    def get(self, path: str, **query: str | None) -> Any:
        """What is there. Raises Refusal."""
        asked = {name: value for name, value in query.items() if value is not None}
        return self._send("GET", path, params=self._world | asked)

    def send(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Have something done; what is answered. Days and times are written as JSON has them. Raises Refusal."""
        written = {name: _written(value) for name, value in (body or {}).items()}
        return self._send(method, path, params=self._world, json=written or None)

    def _send(self, method: str, path: str, **content: Any) -> Any:
        if self.http.is_closed:
            raise Unreachable("This sandbox is closed: act in it within its `with`, or before close().")
        try:
            response = self.http.request(method, f"/sandbox{path}", headers=self._headers, **content)
        except httpx.TransportError as error:
            raise Unreachable(
                f"No sandbox answers at {self.http.base_url} ({error}). Start one there with `ecf-sandbox serve`, or "
                "leave out the address to have one of your own."
            ) from error
        if response.is_error:
            raise Refusal(response)
        return response.json() if response.content else None


def _written(value: Any) -> Any:
    """A value as JSON has it; of a record, its id."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "id", value)


def _errors(response: httpx.Response) -> list[dict[str, str]]:
    """The entries of a refusal; whatever was answered as a single one, if it is none of the control API's."""
    try:
        errors: list[dict[str, str]] = response.json()["errors"]
    except (ValueError, KeyError, TypeError):
        said = f"{response.status_code} {response.text[:200]}".strip()
        hint = f"Is a sandbox served at {response.url.copy_with(path='/', query=None)}, and /sandbox/ passed on to it?"
        return [{"title": str(response.status_code), "detail": f"{said} ({hint})"}]
    return errors
