"""Which members of a document, columns of a CSV and parameters of a query tell of a person, by their names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_WHOLE: Final[dict[str, str]] = {
    "fullname": "name",
    "firstname": "name",
    "lastname": "name",
    "surname": "name",
    "forename": "name",
    "username": "name",
    "email": "email",
    "mail": "email",
    "emails": "email",
    "trn": "trn",
    "nino": "number",
    "dob": "date",
    "birthdate": "date",
    "phone": "number",
    "telephone": "number",
    "mobile": "number",
}
_PHRASES: Final[dict[str, str]] = {
    "teacherreferencenumber": "trn",
    "nationalinsurancenumber": "number",
    "dateofbirth": "date",
}
_PEOPLE: Final = frozenset(
    {"contact", "ect", "learner", "mentor", "participant", "person", "people", "teacher", "tutor", "user"}
)
_WHICH_NAME: Final = _PEOPLE | {"family", "first", "full", "given", "last", "maiden", "middle", "preferred", "previous"}


@lru_cache(maxsize=4096)
def kind_of(member: str, within: str = "") -> str | None:
    """What a member tells of a person: `name`, `email`, `trn` …; None for any other. It is part of what is `within`."""
    words = [word.lower() for word in _WORD.findall(member)]
    if not words:
        return None
    joined = "".join(words)
    found = _PHRASES.get(joined) or next((_WHOLE[word] for word in words if word in _WHOLE), None)
    if found is None and words[-1] in ("name", "names") and _is_about_somebody(words[:-1], within):
        found = "name"
    return found


def _is_about_somebody(words: list[str], within: str) -> bool:
    if words:
        return not _WHICH_NAME.isdisjoint(words)
    around = [word.lower().removesuffix("s") for word in _WORD.findall(within)]
    return bool(around) and around[-1] in _PEOPLE
