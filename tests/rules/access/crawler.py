"""Reads everything that a provider can be shown: every page of every list of every version, and every record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sandbox.model import (
    Cohort,
    Declaration,
    DeliveryPartner,
    Participant,
    Partnership,
    Record,
    School,
    Statement,
)
from tests.api import Api, Reply, World
from tests.openapi.documents import VERSIONS, document, operations, parameters

UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PER_PAGE: Final = 40

# What kind of record the paths show that begin so.
SHOWN_AT: Final[dict[str, type[Record]]] = {
    "participants": Participant,
    "participant-declarations": Declaration,
    "partnerships": Partnership,
    "schools": School,
    "delivery-partners": DeliveryPartner,
    "unfunded-mentors": Participant,
    "statements": Statement,
}


class Crawler:
    """One provider, which reads all it can and follows whatever it finds. `shown` has every id in any answer."""

    def __init__(self, world: World, provider: str) -> None:
        self.shown: set[str] = set()
        self._apis = [world.api(version, provider) for version in VERSIONS]
        self._cohorts = [cohort.id for cohort in world.store.read().all(Cohort)]
        self._kinds = kinds(world)

    def crawl(self) -> set[str]:
        """The ids of everything that is listed or shown; each is looked up wherever its kind of record is shown."""
        for api in self._apis:
            for path in paths(api.version, single=False):
                self._read_list(api, path)
        looked_up: set[str] = set()
        while self.shown - looked_up:
            for id in sorted(self.shown - looked_up):
                looked_up.add(id)
                for api in self._apis:
                    self._read_record(api, id)
        return self.shown

    def _read_list(self, api: Api, path: str) -> None:
        for query in self._queries(api.version, path):
            for page in range(1, 1000):
                reply = api.get(path, **query, **({} if path.endswith(".csv") else paged(page)))
                assert reply.status == 200, reply.response.text
                self._take(reply)
                if path.endswith(".csv") or not reply.data:
                    break

    def _read_record(self, api: Api, id: str) -> None:
        for path in paths(api.version, single=True):
            if SHOWN_AT[path.split("/")[1]] is not self._kinds.get(id):
                continue
            for query in self._queries(api.version, path):
                reply = api.get(path.replace("{id}", id), **query)
                assert reply.status in (200, 404), reply.response.text
                if reply.status == 200:
                    self._take(reply)

    def _queries(self, version: str, path: str) -> Iterator[dict[str, str]]:
        """How a path is asked: once for each cohort where one has to be named."""
        if needs_cohort(version, path):
            yield from ({"filter[cohort]": cohort} for cohort in self._cohorts)
        else:
            yield {}

    def _take(self, reply: Reply) -> None:
        self.shown.update(UUID.findall(reply.response.text))


def paths(version: str, *, single: bool) -> list[str]:
    """The paths of a version that show one record, or those that list."""
    reading = (operation.path for operation in operations(document(version)) if operation.method == "GET")
    return [path for path in reading if ("{id}" in path) == single]


def needs_cohort(version: str, path: str) -> bool:
    """True where the document says that a filter, which can only be that of cohorts, has to be there."""
    (reading,) = (o for o in operations(document(version)) if (o.method, o.path) == ("GET", path))
    return any(p["name"] == "filter" and p.get("required") for p in parameters(document(version), reading))


def paged(page: int) -> dict[str, str]:
    return {"page[page]": str(page), "page[per_page]": str(PER_PAGE)}


def kinds(world: World) -> dict[str, type[Record]]:
    """What kind of record each id of the world is of; the retired ids of participants are left out."""
    reader = world.store.read()
    return {record.id: kind for kind in Record.__subclasses__() for record in reader.all(kind)}
