"""What stands in URLs: no token, nothing that nobody reads, no path of yesterday."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Final

from sandbox.readiness.finding import About, Finding, Samples, counted, met, sentence
from sandbox.readiness.masking import is_named_secret
from sandbox.readiness.request import Request, query_of, sample, version_of

MOST: Final = 200
MOST_BYTES: Final = 2000


class Tokens:
    """Tokens in URLs, where every log of a proxy has them."""

    id = "tokens"
    title = "Tokens are kept out of URLs"
    asked = "checklist 6"

    def __init__(self) -> None:
        self._seen = 0
        self._samples = Samples()

    def note(self, request: Request) -> None:
        """Look at one more request."""
        if has_token(request.query_string):
            self._seen += 1
            self._samples.keep(lambda: sample(request))

    def finding(self, about: About) -> Finding:
        """How many URLs had one."""
        number = self._seen + about.tokens_in_urls
        return met(
            not number, sentence(f"{counted(number, 'request')} with a token in the URL."), samples=self._samples.kept
        )


class Ignored:
    """Parameters and attributes that nothing reads, such as `filter[cohrt]`."""

    id = "ignored"
    title = "Nothing is sent that nobody reads"
    asked = "focused pulls"

    def __init__(self) -> None:
        self._names: Counter[str] = Counter()
        self._samples = Samples()

    def note(self, request: Request) -> None:
        """Look at one more request."""
        for name in request.ignored:
            if name in self._names or len(self._names) < MOST:
                if name not in self._names:
                    self._samples.keep(lambda: sample(request))
                self._names[name[:100]] += 1

    def finding(self, _about: About) -> Finding:
        """What was ignored, and how often."""
        missing = [f"{name} was ignored {counted(number, 'time')}" for name, number in self._names.most_common(20)]
        evidence = sentence(f"{counted(len(self._names), 'name')} that nothing reads.")
        return met(not missing, evidence, missing, self._samples.kept)


class Paths:
    """Paths of an earlier version, or of the service before."""

    id = "paths"
    title = "Only paths of the newest version are used"
    asked = "going over: retire the old URL"

    def __init__(self) -> None:
        self._seen: dict[tuple[str | None, bool], int] = {}
        self._samples: dict[tuple[str | None, bool], Samples] = {}

    def note(self, request: Request) -> None:
        """Look at one more request."""
        key = _kind_of(request.path)
        if key not in self._seen:
            self._seen[key], self._samples[key] = 0, Samples()
        self._seen[key] += 1
        self._samples[key].keep(lambda: sample(request))

    def finding(self, about: About) -> Finding:
        """How many went elsewhere."""
        old = [key for key in self._seen if _is_old(about, *key)]
        number = sum(self._seen[key] for key in old)
        samples = [each for key in old for each in self._samples[key].kept]
        missing = [f"{counted(self._seen[key], 'request')} of {_named(*key)}" for key in old]
        return met(not number, sentence(f"{counted(number, 'request')} of old paths."), missing, samples)


@lru_cache(1024)
def has_token(query_string: bytes) -> bool:
    """True when a query has what looks like a token, by its name or by itself."""
    if not query_string:
        return False
    return any(is_named_secret(name) or _is_token(value) for name, value in query_of(query_string[:MOST_BYTES]).items())


@lru_cache(1024)
def _kind_of(path: str) -> tuple[str | None, bool]:
    return version_of(path), "/ecf" in path


def _is_token(value: str) -> bool:
    return value.endswith("-token") or value.startswith(("Bearer ", "Token "))


def _is_old(about: About, version: str | None, has_ecf: bool) -> bool:
    return version != about.version or (has_ecf and about.edition == "register")


def _named(version: str | None, has_ecf: bool) -> str:
    return f"/api/{version or '…'}/…{'/ecf' if has_ecf else ''}"
