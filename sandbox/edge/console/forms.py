"""Forms, made from the schemas of operations: which fields they have, and what is sent when they are filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from sandbox.edge.console.operations import Schema
from sandbox.edge.console.words import in_words, label

NOBODY: Final = "(nobody)"
_HIDDEN: Final = frozenset({"school_id"})  # a school is chosen by its URN


class Choice(NamedTuple):
    """One of several values, and what it is called."""

    value: str
    text: str


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field. With `choices` it is chosen from a list. `is_main` are those shown without being asked for."""

    name: str
    label: str
    hint: str
    kind: str
    required: bool
    choices: Sequence[Choice]
    value: str
    is_main: bool
    nullable: bool = False


def fields_of(
    schema: Schema | None,
    *,
    edition: str,
    lists: Mapping[str, Sequence[Choice]],
    values: Mapping[str, str],
    main: Iterable[str] = (),
    say: Callable[[object], str] = in_words,
) -> list[Field]:
    """The fields of a form. `lists` are of what there is in the world, `values` what stands in fields already.

    `say` is how the values are called that the schema has to choose from.
    """
    if schema is None:
        return []
    required, first = schema.get("required", ()), frozenset(main)
    return [
        Field(
            name=name,
            label=label(name),
            hint="" if name in lists else str(member.get("description", "")),
            kind=_kind(member),
            required=name in required,
            choices=_choices(name, member, lists, say),
            value=values.get(name, ""),
            is_main=not first or name in required or name in first,
            nullable=bool(member.get("nullable")),
        )
        for name, member in schema["properties"].items()
        if name not in _HIDDEN and member.get("type") != "array" and edition in member.get("x-editions", (edition,))
    ]


def body_of(fields: Iterable[Field], sent: Mapping[str, str]) -> dict[str, Any]:
    """What is sent by a filled-in form: fields left empty are left out."""
    return {field.name: _value(field, sent[field.name]) for field in fields if sent.get(field.name)}


def _value(field: Field, text: str) -> Any:
    if field.kind == "boolean" and text in ("true", "false"):
        return text == "true"
    if field.kind in ("integer", "number"):
        return number_of(text)
    return None if field.nullable and text == NOBODY else text


def number_of(text: str) -> int | float | str:
    """A number, or what was written in place of one, which the API refuses by its name."""
    try:
        return int(text) if text.lstrip("-").isdecimal() else float(text)
    except ValueError:
        return text


def _kind(member: Schema) -> str:
    format = member.get("format")
    return str(format) if format in ("date", "date-time", "email") else str(member.get("type", "string"))


def _choices(
    name: str, member: Schema, lists: Mapping[str, Sequence[Choice]], say: Callable[[object], str]
) -> Sequence[Choice]:
    if name in lists:
        nobody = [Choice(NOBODY, "Nobody")] if member.get("nullable") else []
        return [*nobody, *lists[name]]
    if member.get("type") == "boolean":
        return [Choice("true", "Yes"), Choice("false", "No")]
    return [Choice(str(value), say(value)) for value in member.get("enum", ()) if value is not None]
