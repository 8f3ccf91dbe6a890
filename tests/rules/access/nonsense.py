"""Requests that make little sense, drawn at random: each part is sometimes right, so that others are got to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, quote_plus

import orjson
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.api import JANE, MENTOR, PROVIDERS
from tests.openapi.documents import document, operations

LIVED = (
    "0ca54e14-f5b6-42ad-bb09-5cc38e0b9833",
    "15d260e5-fb59-4196-9ed8-79a2ea44defb",
    "1c8ab5f6-91dc-46bb-93d5-976d365e8164",
)
COURSES = ("ecf-induction", "ecf-mentor", "npq-senco")
TIMES = (
    "2021-12-10T10:00:00Z",
    "2024-11-15T09:00:00.999999999+01:00",
    "2030-01-01T00:00:00",
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-23:59",
    "2024-02-30T25:61:61+99:99",
)
TYPES = ("started", "retained-1", "retained-2", "completed", "extended-1")
NAMES = (
    "participant_id",
    "declaration_type",
    "declaration_date",
    "course_identifier",
    "evidence_held",
    "reason",
    "schedule_identifier",
    "cohort",
    "school_id",
    "delivery_partner_id",
)
FILTERS = (
    "cohort",
    "updated_since",
    "training_status",
    "from_participant_id",
    "participant_id",
    "delivery_partner_id",
    "type",
    "urn",
    "cohort][",
    "cohort][a",
    "[cohort]",
    "",
)
PARAMETERS = (
    *(f"filter[{name}]" for name in FILTERS),
    *(f"page[{name}]" for name in ("", "page", "per_page", "page][x", "per_page][")),
    *("filter", "filter]", "page", "sort", "sort[]", "[", "]", "[][]", "%"),
)

words = st.one_of(
    st.sampled_from(
        [*COURSES, *TIMES, *TYPES, *LIVED, JANE, JANE.upper(), MENTOR, "other", "2022", "2021,2024", "-id"]
    ),
    st.sampled_from(
        ["", " ", "0", "1", "-1", "3001", "9" * 400, "1e9", "\u0663", "\x00", "\U0001f600", "ecf-reduced-april"]
    ),
    st.text(max_size=12),
)
scalars = st.one_of(words, st.none(), st.booleans(), st.integers(), st.floats())
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3))
latin = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\x00"), max_size=12)


@dataclass(frozen=True)
class Request:
    """What is put on the wire."""

    method: str
    path: str
    headers: Mapping[str, str]
    query: bytes
    body: bytes


def asked(version: str) -> SearchStrategy[tuple[str, str]]:
    """A method and a path: an operation of the version's, one of its paths with any method, or neither.

    Writes come oftener than reads, as there is more in them to be wrong.
    """
    known = [(operation.method, operation.path) for operation in operations(document(version))]
    writes = [(method, path) for method, path in known if method != "GET"]
    methods = st.sampled_from(["GET", "PUT", "POST", "PATCH", "DELETE"])
    anywhere = st.lists(words.map(quote), max_size=5).map(lambda segments: "/" + "/".join(segments))
    somehow = st.tuples(methods, st.sampled_from([path for _, path in known]) | anywhere)
    ids = words.map(lambda word: quote(word.replace("\n", ""), safe=""))  # no path has a line break
    return st.tuples(st.sampled_from(known) | st.sampled_from(writes) | somehow, ids).map(
        lambda drawn: (drawn[0][0], f"/api/{version}{drawn[0][1]}".replace("{id}", drawn[1]).rstrip("/"))
    )


def headers() -> SearchStrategy[dict[str, str]]:
    """Headers with a token that is mostly good."""
    good = [f"Bearer {name}-sandbox-token" for name in PROVIDERS]
    tokens = st.integers(1, 8).flatmap(lambda drawn: latin if drawn == 8 else st.sampled_from(good))
    kinds = ["application/json"] * 6 + ["application/vnd.api+json", "application/x-www-form-urlencoded"]
    optional = {
        "Content-Type": st.sampled_from(kinds) | latin,
        "X-With-Server-Date": st.sampled_from(TIMES) | latin,
        "Content-Length": st.sampled_from(["-1", "many", "9" * 30, "\xb2"]) | latin,
        "Accept": latin,
        "Host": latin,
    }
    return st.fixed_dictionaries({"Authorization": tokens}, optional=optional)


def queries() -> SearchStrategy[bytes]:
    """A query string: known names with anything for a value, or any bytes at all."""
    pairs = st.tuples(st.sampled_from(PARAMETERS) | words, words)
    joined = st.lists(pairs, max_size=4).map(
        lambda drawn: "&".join(f"{quote(n, safe='[]')}={quote_plus(v)}" for n, v in drawn)
    )
    return st.just(b"") | joined.map(str.encode) | st.binary(max_size=20)


def bodies() -> SearchStrategy[bytes]:
    """A body: attributes of which some make sense, other JSON, a form, or any bytes at all."""
    sensible: dict[str, SearchStrategy[Any]] = {
        "participant_id": st.sampled_from([*LIVED, JANE, MENTOR]),
        "declaration_type": st.sampled_from(TYPES),
        "declaration_date": st.sampled_from(TIMES),
        "course_identifier": st.sampled_from(COURSES),
    }
    attributes = st.fixed_dictionaries({}, optional={name: sensible.get(name, words) | values for name in NAMES})
    structured = attributes.map(lambda drawn: {"data": {"type": "x", "attributes": drawn}}) | values
    form = st.lists(st.tuples(st.sampled_from(NAMES), words), max_size=5).map(
        lambda drawn: "&".join(f"data[attributes][{name}]={quote_plus(value)}" for name, value in drawn).encode()
    )
    return structured.map(_as_json) | form | st.binary(max_size=40)


def requests(version: str) -> SearchStrategy[Request]:
    """Anything at all, asked of one version."""
    return st.builds(
        lambda operation, *rest: Request(*operation, *rest), asked(version), headers(), queries(), bodies()
    )


def _as_json(value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:  # integers beyond 64 bits
        return repr(value).encode("utf-8", "replace")
