"""Records shown that should not be, or not shown as they should."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from sandbox.actions import ledger, roster
from sandbox.actions.provider_view import ProviderView
from sandbox.defects.defect import Defect
from sandbox.edge import declarations, v1
from sandbox.model import Enrolment, Placement
from sandbox.rules.reading import Page, changed_after
from sandbox.rules.visibility import newest_first
from sandbox.views import v1 as v1_view

Json = dict[str, Any]
Cut = Callable[[Sequence[Any], Page], Sequence[Any]]
Csv = Callable[[Sequence[Json]], bytes]
Shown = Callable[[Enrolment], Json]


def _any_one(sight: type[ProviderView]) -> type[ProviderView]:
    """Sees each participant that is asked for by id, whoever trains them."""

    class Unguarded(sight):  # type: ignore[valid-type,misc]  # whatever stands there
        def placements(self, participant_id: str) -> list[Placement]:
            return newest_first(self.reader.find(Placement, participant_id=participant_id))

    return Unguarded


def _everyone(sight: type[ProviderView]) -> type[ProviderView]:
    """Sees all participants in lists, whoever trains them."""

    class Unguarded(sight):  # type: ignore[valid-type,misc]  # whatever stands there
        def all_placements(self) -> dict[str, list[Placement]]:
            everyone: dict[str, list[Placement]] = {}
            for placement in newest_first(self.reader.all(Placement)):
                everyone.setdefault(placement.participant_id, []).append(placement)
            return everyone

    return Unguarded


def _exclusive(_: object) -> object:
    return changed_after


def _repeating(page_of: Cut) -> Cut:
    return lambda items, page: page_of(items, replace(page, page=1) if page.page == 2 else page)


def _skipping(page_of: Cut) -> Cut:
    """Each page but the first begins one record late."""
    return lambda items, page: page_of(items[1:] if page.page > 1 else items, page)


def _any_cohort(in_cohorts: Callable[[str, None], bool]) -> Callable[[str, Iterable[str] | None], bool]:
    return lambda cohort, _: in_cohorts(cohort, None)


def _lacking_updated_at(as_csv: Csv) -> Csv:
    def lacking(resources: Sequence[Json]) -> bytes:
        return as_csv([{**resource, "attributes": _but_updated_at(resource["attributes"])} for resource in resources])

    return lacking


def _but_updated_at(attributes: Json) -> Json:
    return {name: value for name, value in attributes.items() if name != "updated_at"}


def _always_active(participant: Shown) -> Shown:
    def active(enrolment: Enrolment) -> Json:
        shown = participant(enrolment)
        return {**shown, "attributes": shown["attributes"] | {"training_status": "active"}}

    return active


READING: Final = (
    Defect(
        "other-providers-participant-shown",
        "Shows any participant whose id is asked for, whichever provider trains them.",
        "auth.one-provider",
        ((roster, "ProviderView", _any_one),),
    ),
    Defect(
        "other-providers-participants-listed",
        "Lists everybody's participants to every provider.",
        "vis.participant",
        ((roster, "ProviderView", _everyone),),
    ),
    Defect(
        "updated-since-exclusive",
        "Leaves out what changed at the very time of filter[updated_since].",
        "read.updated-since",
        ((roster, "changed_since", _exclusive), (ledger, "changed_since", _exclusive)),
    ),
    Defect(
        "cohort-filter-ignored",
        "Lists participants of all cohorts, whatever filter[cohort] says.",
        "read.cohort-filter",
        ((roster, "in_cohorts", _any_cohort),),
    ),
    Defect(
        "page-two-repeats-page-one",
        "Answers with the first page when the second is asked for.",
        "read.page",
        ((roster, "page_of", _repeating), (ledger, "page_of", _repeating)),
    ),
    Defect(
        "page-skips-a-record",
        "Leaves out one record between the first page and the second.",
        "read.page",
        ((roster, "page_of", _skipping), (ledger, "page_of", _skipping)),
    ),
    Defect(
        "csv-lacks-a-column",
        "Leaves updated_at out of CSV.",
        "read.csv",
        ((v1, "as_csv", _lacking_updated_at), (declarations, "as_csv", _lacking_updated_at)),
    ),
    Defect(
        "v1-shows-everyone-active",
        "Shows in v1 and v2 that training goes on which v3 shows as deferred or withdrawn.",
        "defer.effect",
        ((v1_view, "participant", _always_active),),
    ),
)
