"""Answers kept for whoever asks the same again while nothing has changed, as clients that poll do."""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Hashable, Sized
from typing import Final, Generic, TypeVar

A = TypeVar("A", bound=Sized)

MOST_BYTES: Final = 4 << 20
PLACE: Final = 500  # bytes that an answer takes beside its own and those of its question


class AnswerCache(Generic[A]):
    """What reads were answered at one revision of the records; at another one none of it counts any more.

    The longest unused go first when they take more than `most_bytes` together with their questions.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._answers: OrderedDict[Hashable, A] = OrderedDict()
        self._revision = -1
        self._bytes = 0

    def get(self, question: Hashable, revision: int) -> A | None:
        """The answer to a question at this revision, if it is known."""
        if revision != self._revision:
            self.clear()
            self._revision = revision
            return None
        answer = self._answers.get(question)
        if answer is not None:
            self._answers.move_to_end(question)
        return answer

    def clear(self) -> None:
        """Forget every answer."""
        self._answers.clear()
        self._revision, self._bytes = -1, 0

    def keep(self, question: Hashable, answer: A) -> None:
        """Keep an answer to a question that `get` had none for."""
        self._answers[question] = answer
        self._bytes += _taken(question, answer)
        while self._bytes > self._most_bytes:
            self._bytes -= _taken(*self._answers.popitem(last=False))


def _taken(question: Hashable, answer: Sized) -> int:
    """How many bytes an answer and its question take. Questions hold what was asked, however long that is."""
    parts = question if isinstance(question, tuple) else (question,)
    return PLACE + len(answer) + sum(sys.getsizeof(part) for part in parts if isinstance(part, (str, bytes)))
