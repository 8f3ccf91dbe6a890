"""Values read by the letter where the deployed service reads what they begin with, or taken for what they are not."""

from __future__ import annotations

from typing import Final

from sandbox.edition import Defect
from sandbox.rules.parts import altered, becoming, never
from sandbox.rules.spelling import STRICT


def _by_the_letter(part: str, name: str, about: str, breaks: str) -> Defect:
    """What reads a part by the letter of the documents, which the deployed service does not."""
    rules = altered(f"spelling.{part}", becoming(getattr(STRICT, part)))
    return Defect(name=name, about=about, breaks=breaks, behaviour="deployed", rules=rules)


SPELLING: Final = (
    Defect(
        name="any-page-taken",
        about="Takes whatever is no page for the first one.",
        breaks="read.page",
        rules=altered(
            "spelling.page_number", lambda _: lambda text: int(text) if text.isdecimal() and int(text) else 1
        ),
    ),
    Defect(
        name="any-server-date-taken",
        about="Takes a server date that is no time as if it were not sent, though it should be refused.",
        breaks="clock.header-bad",
        behaviour="documented",
        rules=altered("spelling.is_no_server_date", never),
    ),
    Defect(
        name="sorted-by-the-person",
        about="Refuses no name that the deployed service cannot sort participants by.",
        breaks="read.sort",
        behaviour="deployed",
        rules=altered("spelling.cannot_sort", never),
    ),
    _by_the_letter(
        "id",
        "ids-by-the-letter",
        "Knows no id in braces or without hyphens, which the deployed service does.",
        "path.unknown",
    ),
    _by_the_letter(
        "ids",
        "filtered-ids-by-the-letter",
        "Finds nothing by an id in braces or without hyphens, and something by one with a space beside it.",
        "read.participant-id",
    ),
    _by_the_letter(
        "years",
        "years-by-the-letter",
        "Finds nobody of a cohort of which only the beginning is a year.",
        "read.cohort-filter",
    ),
    _by_the_letter(
        "sent_text",
        "texts-trimmed",
        "Takes a text with a space beside it for the one without.",
        "body.attributes",
    ),
    _by_the_letter(
        "declared_at",
        "dates-never-roll-over",
        "Refuses a declaration date that there is not, which the deployed service rolls over to the next there is.",
        "decl.date-format",
    ),
    _by_the_letter(
        "since",
        "times-by-the-letter",
        "Refuses times in filter[updated_since] that the deployed service reads.",
        "read.updated-since",
    ),
    _by_the_letter(
        "time_of_request",
        "server-dates-by-the-letter",
        "Takes no notice of a server date that is a day or has no seconds.",
        "clock.header",
    ),
)
