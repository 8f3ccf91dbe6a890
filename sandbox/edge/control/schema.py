"""What a document says a request of the control API may hold, made ready to check it by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qsl

import jsonschema_rs

from sandbox.documents.schema import as_json_schema
from sandbox.edge.control.request import Declined
from sandbox.edition import Edition

ECF: Final = "ecf"
_WHOLE: Final = "body"
_TRUTHS: Final = {"true": True, "false": False}


class Body:
    """Checks request bodies by the schema of an operation.

    A member with `x-editions` is known in those only. Editions with ECF's records count as ECF.
    """

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._editions = {
            name: member["x-editions"]
            for name, member in schema.get("properties", {}).items()
            if isinstance(member, dict) and "x-editions" in member
        }
        self._validator = jsonschema_rs.Draft202012Validator(as_json_schema(schema), validate_formats=True)

    def check(self, body: Any) -> None:
        """Raises Declined, with every fault, unless the body is as the schema says."""
        faults = [(".".join(map(str, error.instance_path)) or _WHOLE, error.message) for error in self._errors(body)]
        if faults:
            raise Declined(422, *faults)

    def check_edition(self, body: Mapping[str, Any], edition: Edition) -> None:
        """Raises Declined for members that another edition has."""
        name = edition.name if edition.own else ECF
        faults = [
            (member, f"Only worlds of another edition know this: {', '.join(known)}.")
            for member, known in self._editions.items()
            if member in body and name not in known
        ]
        if faults:
            raise Declined(422, *faults)

    def _errors(self, body: Any) -> Iterator[Any]:
        return iter(self._validator.iter_errors(body))


class Query:
    """Reads query strings by the parameters of an operation."""

    def __init__(self, parameters: Sequence[Mapping[str, Any]]) -> None:
        self._schemas = {p["name"]: p["schema"] for p in parameters if p["in"] == "query"}
        self._checks = {name: Body({"properties": {name: schema}}) for name, schema in self._schemas.items()}

    def read(self, query_string: bytes) -> dict[str, Any]:
        """What is asked for; what is not, as its default if it has one. Raises Declined."""
        request = {name: schema["default"] for name, schema in self._schemas.items() if "default" in schema}
        for name, text in parse_qsl(query_string.decode("latin-1"), keep_blank_values=True):
            if name not in self._schemas:
                known = ", ".join(self._schemas) or "none"
                raise Declined(422, (name, f"There is no such parameter here. There are: {known}."))
            request[name] = _value(text, self._schemas[name])
            self._checks[name].check({name: request[name]})
        return request


def _value(text: str, schema: Mapping[str, Any]) -> Any:
    """What a text stands for; the text itself when it is nothing that the schema speaks of."""
    if schema.get("type") == "integer" and text.removeprefix("-").isdecimal() and len(text) < 16:
        return int(text)
    if schema.get("type") == "boolean" and text in _TRUTHS:
        return _TRUTHS[text]
    return text
