"""Answers kept for whoever asks the same again while nothing has changed, as clients that poll do."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sized
from typing import Final, Generic, TypeVar

A = TypeVar("A", bound=Sized)

MOST_BYTES: Final = 4 << 20
MOST: Final = 10_000  # as small answers take more than their bytes


class AnswerCache(Generic[A]):
    """What reads were answered at one revision of the records; at another one none of it counts any more.

    The longest unused go first when there are more than `most`, or more than `most_bytes` of them.
    """

    def __init__(self, most_bytes: int = MOST_BYTES, most: int = MOST) -> None:
        self._most_bytes = most_bytes
        self._most = most
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
        self._bytes += len(answer)
        while self._bytes > self._most_bytes or len(self._answers) > self._most:
            _, forgotten = self._answers.popitem(last=False)
            self._bytes -= len(forgotten)
