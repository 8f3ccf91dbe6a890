"""What the deployed service falls over, answering 500, though a client may well send it."""

from __future__ import annotations

from sandbox.rules.participants import KNOWN_TO_RESUME, ActionFacts
from sandbox.rules.partnerships import ConfirmingFacts
from sandbox.rules.requests import SentBody
from sandbox.rules.rule import rule


@rule("fragile.attributes")
def attributes_are_a_list(body: SentBody) -> bool:
    """True for `attributes` that are a list."""
    return isinstance(body.attributes, list)


@rule("fragile.resume")
def resumes_with_something_else(facts: ActionFacts) -> bool:
    """True when resuming is asked for with a member that it does not know, such as a reason."""
    return any(name not in KNOWN_TO_RESUME for name in facts.request.sent)


@rule("fragile.partnership-cohort")
def confirms_in_no_cohort(facts: ConfirmingFacts) -> bool:
    """True for a partnership with a school that would do, in a cohort that there is not."""
    return facts.trainable and facts.cohort is None
