"""Records shown that should not be, or not shown as they should."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from sandbox.edition import Defect
from sandbox.model import Declaration, Enrolment, Placement
from sandbox.rules.parts import altered, both
from sandbox.rules.reading import Page, changed_after

Json = dict[str, Any]
Cut = Callable[[Sequence[Any], Page], Sequence[Any]]
Csv = Callable[[Sequence[Json]], bytes]
Shown = Callable[[Enrolment], Json]
Sees = Callable[..., bool]


def _of_anybody(_: Callable[..., Any]) -> Callable[..., bool]:
    """Sees a placement, whoever's it is."""
    return lambda *_: True


def _everybodys(_: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """Looks through everybody's placements."""
    return lambda _: None


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


def _whatever_training(sees: Sees) -> Sees:
    """Somebody's placement counts for all that was declared of them, of whichever training."""

    def seen(provider_id: str, declaration: Declaration, placements: Iterable[Placement], *, leavers: bool) -> bool:
        same = [msgspec.structs.replace(p, training_record_id=declaration.training_record_id) for p in placements]
        return sees(provider_id, declaration, same, leavers=leavers)

    return seen


READING: Final = (
    Defect(
        name="other-providers-participant-shown",
        about="Shows any participant whose id is asked for, whichever provider trains them.",
        breaks="auth.one-provider",
        rules=altered("visibility.shows_participant", _of_anybody),
    ),
    Defect(
        name="other-providers-participants-listed",
        about="Lists everybody's participants to every provider.",
        breaks="vis.participant",
        rules=both(altered("visibility.whose", _everybodys), altered("visibility.lists_participant", _of_anybody)),
    ),
    Defect(
        name="other-training-handed-over",
        about="Shows a former provider's declarations of other training of the same person.",
        breaks="vis.declaration",
        rules=altered("visibility.sees_declaration", _whatever_training),
    ),
    Defect(
        name="updated-since-exclusive",
        about="Leaves out what changed at the very time of filter[updated_since].",
        breaks="read.updated-since",
        rules=altered("reading.changed_since", _exclusive),
    ),
    Defect(
        name="cohort-filter-ignored",
        about="Lists participants of all cohorts, whatever filter[cohort] says.",
        breaks="read.cohort-filter",
        rules=altered("reading.in_cohorts", _any_cohort),
    ),
    Defect(
        name="page-two-repeats-page-one",
        about="Answers with the first page when the second is asked for.",
        breaks="read.page",
        rules=altered("reading.page_of", _repeating),
    ),
    Defect(
        name="page-skips-a-record",
        about="Leaves out one record between the first page and the second.",
        breaks="read.page",
        rules=altered("reading.page_of", _skipping),
    ),
    Defect(
        name="csv-lacks-a-column",
        about="Leaves updated_at out of CSV.",
        breaks="read.csv",
        presentation=altered("csv", _lacking_updated_at),
    ),
    Defect(
        name="v1-shows-everyone-active",
        about="Shows in v1 and v2 that training goes on which v3 shows as deferred or withdrawn.",
        breaks="defer.effect",
        presentation=altered("participant", _always_active),
    ),
)
