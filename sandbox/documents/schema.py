"""Schemas of OpenAPI 3.0, which say of a null what JSON Schema says otherwise."""

from __future__ import annotations

from typing import Any


def as_json_schema(node: Any) -> Any:
    """A schema of OpenAPI 3.0 as JSON Schema has it: what is nullable may be null."""
    if isinstance(node, list):
        return [as_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    schema = {key: as_json_schema(value) for key, value in node.items() if key != "nullable"}
    if node.get("nullable") is True and isinstance(node.get("type"), str):
        schema["type"] = [node["type"], "null"]
    return schema
