"""What a stranger gets wrong first, in a sentence: where the service's own answer does not tell.

A hint is for a header, the log and the console: bodies are exactly the service's. It repeats nothing of the request.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from typing import Final

from starlette.types import Scope

from sandbox.edge.arrival import arrival_of, headers_of, rules_of
from sandbox.edge.methods import Methods
from sandbox.edge.provider.body import FORM, media_type_of
from sandbox.rules.access import token_in
from sandbox.rules.requests import SentBody, is_no_request
from sandbox.rules.rule import rule_id_of
from sandbox.worlds.logged_request import ATTRIBUTE, LoggedRequest

HINT_HEADER: Final = b"x-sandbox-hint"
NO_RECORD: Final = "path.unknown"
WHERE_TOKENS_ARE: Final = "The sandbox prints its tokens when it starts, and its page / shows them."
NO_TOKEN: Final = f"No Authorization header came. Send Authorization: Bearer and a token. {WHERE_TOKENS_ARE}"
NO_BEARER: Final = f"The Authorization header has to be the word Bearer, a space and a token. {WHERE_TOKENS_ARE}"
NOBODYS: Final = f"No world knows this token: it is misspelt, was revoked, or its world is gone. {WHERE_TOKENS_ARE}"
OUT_OF_SIGHT: Final = (
    "The path is right, but this lead provider has no record with this id. Take ids from its own lists: those of "
    "others, and of other worlds, are answered like those that do not exist."
)
NO_MEDIA_TYPE: Final = "No Content-Type came, so the body was not read. Send Content-Type: application/json."
OTHER_MEDIA_TYPE: Final = "A body of this Content-Type is not read. Send JSON, and Content-Type: application/json."
NO_JSON: Final = "The body is no JSON, although its Content-Type says so."
NO_DATA: Final = (
    'The body was read, but has no member data with something in it. Put all into {"data": {"attributes": {...}}}.'
)
NO_ATTRIBUTES: Final = (
    'No attributes came. Put participant_id and the like into {"data": {"attributes": {...}}}, not into data itself.'
)


def hint(scope: Scope, methods: Mapping[str, Methods]) -> str | None:
    """What is likely wrong with a request that was refused, where the rules it broke do not say; by edition's paths."""
    world, logged = arrival_of(scope)
    http, broken = rules_of(scope).http, set(logged.rules)
    if rule_id_of(token_in) in broken:
        return _of_token(headers_of(scope).get("authorization"), http.token_in)
    if broken & {http.unknown_path, NO_RECORD}:
        return _of_path(scope["path"], world.edition.name, methods)
    for breach in logged.breaches:
        if breach.rule_id == rule_id_of(is_no_request):
            content = breach.facts.content if isinstance(breach.facts, SentBody) else None
            return _of_body(media_type_of(logged.content_type), content, http.json_types)
    return NO_ATTRIBUTES if broken and _lacks_attributes(logged) else None


def _of_token(authorization: str | None, token_in: Callable[[str | None], str | None]) -> str:
    if not authorization:
        return NO_TOKEN
    return NOBODYS if token_in(authorization) else NO_BEARER


def _of_path(path: str, edition: str, methods: Mapping[str, Methods]) -> str:
    """Whether an id is out of sight, a path another edition's, or nobody's."""
    is_own = bool(methods[edition].of(path))
    for other, others in methods.items():
        # What is an id to one edition, as in /participants/{id}, may be a word of another's: /participants/ecf.
        if other != edition and (others.spells(path) if is_own else others.of(path)):
            return (
                f"This is a path of the edition {other}, and the token opens a world of {edition}: the token chooses. "
                f"Send a token of {other}, or ask for a path of {edition}. {WHERE_TOKENS_ARE}"
            )
    if is_own:
        return OUT_OF_SIGHT
    near = methods[edition].nearest(path)
    return f"There is no such path{f': is {near} meant?' if near else '.'} /docs has all there are."


def _of_body(media_type: str, content: object, json_types: Container[str]) -> str:
    if content is not None or media_type == FORM:
        return NO_DATA
    if media_type in json_types:
        return NO_JSON
    return OTHER_MEDIA_TYPE if media_type else NO_MEDIA_TYPE


def _lacks_attributes(logged: LoggedRequest) -> bool:
    """True for a body without any, where there are some to send."""
    takes_some = any(name.startswith(ATTRIBUTE.format("")[:-1]) for name in logged.known or ())
    return takes_some and logged.method != "GET" and not logged.sent
