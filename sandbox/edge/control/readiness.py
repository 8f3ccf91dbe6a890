"""What a world's lead providers have shown that their clients can do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from msgspec.structs import replace

from sandbox.edge.answer import Answer
from sandbox.edge.control.request import ControlRequest, Declined
from sandbox.edge.spec_app import base_path
from sandbox.model import LeadProvider, Partnership
from sandbox.readiness.finding import About
from sandbox.readiness.page import page
from sandbox.readiness.report import Report, report
from sandbox.worlds.request_log import RequestLog
from sandbox.worlds.world import ServedWorld

HTML: Final = b"text/html; charset=utf-8"
_HEADERS: Final = {
    b"content-security-policy": b"default-src 'none'; style-src 'unsafe-inline'",
    b"x-content-type-options": b"nosniff",
    b"vary": b"accept",
}


async def show_readiness(request: ControlRequest) -> Any:
    """`GET /readiness`: as a page for who asks for one."""
    found = await reports(request.world, request.query.get("provider"))
    if "text/html" in request.headers.get("accept", ""):
        return _page(request.world, found)
    return {
        "world": request.world.id,
        "edition": request.world.edition.name,
        "now": request.world.now(),
        "reports": [each.value() for each in found],
    }


async def show_readiness_page(request: ControlRequest) -> Answer:
    """`GET /readiness.html`."""
    return _page(request.world, await reports(request.world, request.query.get("provider")))


async def reports(world: ServedWorld, named: str | None) -> Sequence[Report]:
    """A report on each provider that has asked anything, or on the one that is named. Raises Declined."""
    log = await world.log.gathered()
    about = about_world(world, log)
    whose = log.providers() if named is None else [provider_named(world, named)]
    return [
        report(log.tally(each.id), {"id": each.id, "name": each.name}, _about_provider(world, about, each))
        for each in whose
    ]


def provider_named(world: ServedWorld, named: str) -> LeadProvider:
    """The provider with an id, a name, or a name that begins with a word. Raises Declined."""
    name = named.lower()
    for provider in world.reading().all(LeadProvider):
        if name in (provider.id, provider.name.lower(), provider.name.lower().partition(" ")[0]):
            return provider
    raise Declined(404, ("provider", f"This world has no provider {named}."))


def about_world(world: ServedWorld, log: RequestLog) -> About:
    """What the newest version of a world's edition has, and who came without a token."""
    version, document = max(world.edition.documents().items())
    operations, lists, polled = {}, [], []
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            id = operation["operationId"]
            operations[id] = f"{method.upper()} {base_path(document)}{path}"
            parameters = {each["name"]: each["schema"] for each in _parameters(document, operation)}
            if "page" in parameters:
                lists.append(id)
            if "updated_since" in _resolved(document, parameters.get("filter", {})).get("properties", {}):
                polled.append(id)
    return About(
        edition=world.edition.name,
        version=version,
        operations=operations,
        lists=lists,
        polled=[id for id in polled if id in lists],
        strangers=log.strangers,
        tokens_in_urls=log.tokens_in_urls,
    )


def _about_provider(world: ServedWorld, about: About, provider: LeadProvider) -> About:
    """The same, and how many schools and cohorts there are in which a provider is not alone, or has several."""
    if world.edition.own is None:
        return about
    of_each = Counter((each.school_id, each.cohort) for each in world.reading().all(Partnership))
    own = {(each.school_id, each.cohort) for each in world.reading().find(Partnership, lead_provider_id=provider.id)}
    return replace(about, several_partnerships=sum(of_each[each] > 1 for each in own))


def _parameters(document: dict[str, Any], operation: dict[str, Any]) -> Sequence[dict[str, Any]]:
    found = [_resolved(document, each) for each in operation.get("parameters", ())]
    return [each for each in found if each["in"] == "query"]


def _resolved(document: dict[str, Any], described: dict[str, Any]) -> dict[str, Any]:
    """What a document says in the place of a reference."""
    if "$ref" not in described:
        return described
    found: Any = document
    for step in described["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return _resolved(document, found)


def _page(world: ServedWorld, found: Sequence[Report]) -> Answer:
    return Answer(200, HTML, page(world.id, world.now(), found).encode(), _HEADERS)
