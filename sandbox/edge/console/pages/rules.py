"""The rules of each edition: every one at an address of its own, with guidance and an example."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import Response

from sandbox.edge.console.visit import Visit, missing
from sandbox.edge.wording import rule_address
from sandbox.edition import Edition

_FACT: Final = re.compile(r"\{[a-z_.]*?([a-z_]+)(?::[^{}]*)?\}")
SOURCES: Final = {
    "S": "the written guidance",
    "D": "the service's own code",
    "X": "a running copy of the service",
    "sandbox": "the sandbox itself",
}
GROUPS: Final = {
    "auth": "Tokens and access",
    "vis": "Who sees what",
    "decl": "Declaring",
    "void": "Voiding declarations",
    "read": "Lists: filters, pages, order",
    "body": "Request bodies",
    "sched": "Changing schedule",
    "part": "Partnerships",
    "participant": "Participants",
    "defer": "Taking a break",
    "resume": "Coming back",
    "withdraw": "Withdrawing",
    "pay": "Payments",
    "show": "What is shown",
    "updated": "When something counts as changed",
    "fragile": "Where the real service fails",
    "clock": "Time",
    "http": "HTTP",
    "path": "Addresses",
    "route": "Addresses",
    "method": "Addresses",
    "status": "Statuses",
    "transfer": "Moving between schools",
    "school": "Schools",
    "training": "Training",
    "rate": "How often one may ask",
    "id-change": "Two ids for one person",
    "never": "What never happens",
}


async def show_all(visit: Visit) -> Response:
    """Every rule of an edition, those whose text is looked for."""
    editions = visit.worlds.editions
    edition = editions.get(visit.query.get("edition", ""), next(iter(editions.values())))
    wanted = visit.query.get("search", "").lower().strip()
    groups: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for id, rule in edition.catalogue().items():
        if not wanted or wanted in f"{id} {rule['summary']} {rule.get('x-guidance', '')}".lower():
            prefix = id.partition(".")[0]
            groups.setdefault(GROUPS.get(prefix, prefix.replace("-", " ").capitalize()), []).append((id, rule))
    return visit.show("rules.html", edition=edition.name, editions=list(editions), groups=groups)


async def show(visit: Visit) -> Response:
    """One rule."""
    id = visit.ids["rule"]
    edition = _edition(visit, id)
    rule = edition.catalogue().get(id) if edition else None
    if edition is None or rule is None:
        missing("There is no such rule", "Look for it in the list of rules.")
    others = [
        (other.name, rule_address(other.name, id))
        for other in visit.worlds.editions.values()
        if other is not edition and id in other.catalogue()
    ]
    return visit.show(
        "rule.html",
        id=id,
        edition=edition.name,
        rule=rule,
        refusal=_refusal(rule),
        sources=[SOURCES.get(str(each), str(each)) for each in rule.get("x-source", [])],
        others=others,
        defects=[defect for defect in edition.defects.values() if defect.breaks == id],
    )


def _edition(visit: Visit, id: str) -> Edition | None:
    """The edition of the address, or else the first that has such a rule."""
    if "edition" in visit.ids:
        return visit.worlds.editions.get(visit.ids["edition"])
    return next((each for each in visit.worlds.editions.values() if id in each.catalogue()), None)


def _refusal(rule: Mapping[str, Any]) -> Any:
    """The body of the refusal, with the names of facts where facts would stand."""
    value = rule.get("value")
    return _named(value) if value else None


def _named(value: Any) -> Any:
    match value:
        case str():
            return _FACT.sub(lambda match: f"<{match[1].replace('_', ' ')}>", " ".join(value.split()))
        case list():
            return [_named(each) for each in value]
        case dict():
            return {name: _named(each) for name, each in value.items()}
    return value
