"""The records that the documents describe: of which types they are, and what is shown of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contract_tests.documents import Operation, every_operation, resolved, response


def record(operation: Operation) -> Mapping[str, Any] | None:
    """The schema of a record that an operation reads, alone or in a list; None where it answers with none."""
    said = response(operation, 200)
    known = (said or {}).get("content", {})
    content = next((says for name, says in known.items() if name.endswith("json")), None)
    if operation.method != "GET" or content is None:
        return None
    body = resolved(operation.version, content["schema"])
    data = resolved(operation.version, body["properties"]["data"])
    return dict(resolved(operation.version, data.get("items", data)))


def attributes(version: str) -> dict[str, Mapping[str, Any]]:
    """The schemas of what a version shows of a record, by the record's type."""
    found = {}
    for operation in every_operation(version):
        described = record(operation)
        if described is not None:
            (name,) = described["properties"]["type"]["enum"]
            found[name] = resolved(version, described["properties"]["attributes"])["properties"]
    return found


def trainings(version: str) -> frozenset[str]:
    """What a version shows of one training of a participant: an enrolment in v3, a whole record in v1 and v2."""
    shown = attributes(version)["participant"]
    if "ecf_enrolments" not in shown:
        return frozenset(shown)
    enrolment = resolved(version, resolved(version, shown["ecf_enrolments"])["items"])
    return frozenset(enrolment["properties"])


def times(version: str) -> frozenset[str]:
    """The names of all members, of whatever is shown, that hold a time."""
    return frozenset(
        name
        for schemas in attributes(version).values()
        for name, schema in members(version, {"properties": schemas})
        if schema.get("format") == "date-time"
    )


def members(version: str, schema: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every member of an object, and of the objects in it, with its schema."""
    schema = resolved(version, schema)
    for part in (*schema.get("allOf", ()), *([schema["items"]] if "items" in schema else [])):
        yield from members(version, part)
    for name, member in schema.get("properties", {}).items():
        yield name, resolved(version, member)
        yield from members(version, member)
