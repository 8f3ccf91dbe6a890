"""What a request has to send at all, before anything in it is judged."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from sandbox.rules.lenient import data_is_no_object
from sandbox.rules.requests import SENDING, SentBody
from sandbox.rules.rule import GATE, Rules, rule


@rule("body.attributes")
def lacks_attributes(body: SentBody) -> bool:
    """True when `data.attributes` is no object, or an empty one."""
    return not (isinstance(body.attributes, dict) and body.attributes)


@rule("body.attributes")
def says_nothing_known(sent: Mapping[str, Any], known: Collection[str]) -> bool:
    """True when none of the attributes that were sent is one that the operation knows: a list or an object is none."""
    return all(name not in known or isinstance(value, (list, dict)) for name, value in sent.items())


READING_BODIES: Final[Rules] = (data_is_no_object, GATE, *SENDING, GATE, lacks_attributes)
