"""What may be shown of what was said: no secret, nobody's name, e-mail or TRN, and nothing that cannot be seen."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import zip_longest
from secrets import token_bytes
from typing import Any, Final, TypeVar
from urllib.parse import unquote_plus

from contract_tests.config import RunConfig
from contract_tests.exchange import MASK, Exchange
from contract_tests.json_text import from_json
from contract_tests.masking.listed import listed, records_of
from contract_tests.masking.members import kind_of
from contract_tests.masking.people import People
from contract_tests.masking.printable import printable

SHORTEST: Final = 6  # a secret that is shorter is none, and may be a part of any word
MOST_HEADERS: Final = 1_000  # whose masks are remembered
MOST_RECORDS: Final = 20_000
_GIVEN_OUT: Final = re.compile(r'((?:\\*")token(?:\\*")\s*:\s*\\*")[^"\\]+')
_BEARER: Final = re.compile(r"(Bearer )(?!\$ECF_TOKEN)[^\s'\"\\<,]+")
_AT: Final = ("@", "%40", "&#64;")
_EMAIL: Final = re.compile(rf"\w[\w.+%'-]{{0,63}}(?:{'|'.join(_AT)})[\w-]*(?:\.[\w-]+)*")
_TRN: Final = re.compile(r"(?<![\w.-])\d{7}(?![\w-]|\.\d)")
_QUOTE: Final = r"\\*[\"'`]|&quot;|&#34;|&#39;|%22"
_MEMBER: Final = re.compile(
    rf"(?<![A-Za-z])([A-Za-z][\w-]{{2,40}})(?:{_QUOTE})?(?:\]|%5D)?\s*(?::|=>|=|%3A)\s*({_QUOTE})?"
)
_UNQUOTED: Final = re.compile(r"[^,;<>&{}\[\]()\n\r]*")
_PLAIN: Final = re.compile(r"[\w.:/+-]*", re.ASCII)

T = TypeVar("T")


class Mask:
    """Everything that is kept or shown goes through one: what was said in a run, and what is said of it.

    Of people it masks what their documents call personal, and whatever was met as such before, anywhere; e-mails and
    TRNs by their form. Equal values have equal masks, in every process of a run.
    """

    def __init__(self, secrets: Iterable[str] = (), *, key: str = "", show_people: bool = False) -> None:
        self._secrets = {secret for secret in secrets if len(secret) >= SHORTEST}
        self._people = People(key.encode()[:64] or token_bytes(16))
        self._show_people = show_people
        self._shown_headers: dict[tuple[str, str], str] = {}  # for as long as nobody else is known
        self._shown_records: dict[str, str] = {}
        self._people_then = 0

    @classmethod
    def of(cls, config: RunConfig) -> Mask:
        """That of a run. Its token makes the masks, which all processes of a run have, and nobody else."""
        return cls(config.secrets(), key=config.token or "", show_people=config.show_personal_data)

    def text(self, said: str) -> str:
        """A sentence, or whatever has no form that is known."""
        return printable(self._without_people(self._without_secrets(said)))

    def tree(self, node: T) -> T:
        """The same of every text in something that is made of lists and objects."""
        if isinstance(node, dict):
            return {name: self.tree(value) for name, value in node.items()}  # type: ignore[return-value]
        if isinstance(node, list):
            return [self.tree(item) for item in node]  # type: ignore[return-value]
        return self.text(node) if isinstance(node, str) else node  # type: ignore[return-value]

    def people_in(self, node: Any) -> Any:
        """Some JSON with nobody in it who could be named."""
        return node if self._show_people else self._json(node, "", None, parts=False)

    def body(self, content: bytes, *, free: bool = False) -> str:
        """What a message holds: JSON, CSV or anything else. `free`: its sentences may be about anybody."""
        said = self._without_secrets(content.decode("utf-8", "replace"))
        if not said or self._show_people:
            return printable(said)
        try:
            if not free and (records := records_of(said)) is not None:
                return printable(listed([self._record(record) for record in records]))
            node = from_json(said)
            if isinstance(node, dict | list):
                return printable(_written(self._json(node, "", None, parts=free)))
        except (ValueError, RecursionError):
            pass  # no JSON, or nested too deep on purpose
        return printable(self._without_people(self._csv(said)))

    def _record(self, record: str) -> str:
        """One of a list. It is masked once, however often it is listed."""
        if len(self._shown_records) > MOST_RECORDS:
            self._shown_records.clear()
        if record not in self._shown_records:
            self._shown_records[record] = _written(self._json(from_json(record), "data", None, parts=False))
        return self._shown_records[record]

    def url(self, url: str) -> str:
        """An address, without who is named in it."""
        path, mark, query = self._without_secrets(url).partition("?")
        if not self._show_people:
            query = "&".join(self._pair(pair) for pair in query.split("&"))
            path, query = (self._people.hidden(self._without_emails(part), parts=False) for part in (path, query))
        return printable(path + mark + query)

    def exchange(self, exchange: Exchange) -> Exchange:
        """A request and its answer as they may be shown; what the answer told is known from now on."""
        answer = self.body(exchange.content, free=exchange.status >= 400)
        return replace(
            exchange,
            url=self.url(exchange.url),
            request_headers=self.headers(exchange.request_headers),
            request_body=self.body(exchange.request_body, free=True).encode(),
            headers=self.headers(exchange.headers),
            content=answer.encode(),
        )

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Headers as they may be shown."""
        if self._people_then != len(self._people) or len(self._shown_headers) > MOST_HEADERS:
            self._shown_headers.clear()
            self._people_then = len(self._people)
        for header in headers.items():
            if header not in self._shown_headers:
                self._shown_headers[header] = self._header(*header)
        return {printable(name): self._shown_headers[name, value] for name, value in headers.items()}

    def _header(self, name: str, value: str) -> str:
        """An address in one may name somebody; of figures none is a TRN."""
        value = self._without_secrets(value)
        if not self._show_people:
            value = self.url(value) if name.lower() in ("location", "link") else value
            value = self._people.hidden(self._without_emails(value), parts=False)
        return printable(value)

    def _pair(self, pair: str) -> str:
        """A parameter of a query, such as filter[email]=…"""
        name, equals, value = pair.partition("=")
        kind = kind_of(re.split(r"[\[\]]+", unquote_plus(name).rstrip("]"))[-1])
        return f"{name}={self._people.mask(kind, unquote_plus(value))}" if kind and value else name + equals + value

    def _without_secrets(self, text: str) -> str:
        text = _BEARER.sub(rf"\1{MASK}", text)
        if "token" in text:  # which is found sooner than the pattern is tried everywhere
            text = _GIVEN_OUT.sub(rf"\1{MASK}", text)
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, MASK)
        return text

    def _without_people(self, text: str, *, parts: bool = True) -> str:
        if self._show_people:
            return text
        text = self._without_emails(self._members(text))
        return _TRN.sub(lambda found: self._people.mask("trn", found[0]), self._people.hidden(text, parts=parts))

    def _without_emails(self, text: str) -> str:
        if not any(at in text for at in _AT):
            return text
        return _EMAIL.sub(lambda found: self._people.known(found[0]) or self._people.mask("email", found[0]), text)

    def _members(self, text: str) -> str:
        """A text in which members are written as JSON, Ruby, Python or a form writes them: what they hold is masked."""
        pieces, told = [], 0
        for found in _MEMBER.finditer(text):
            kind = kind_of(found[1])
            if kind is None or found.start() < told:
                continue
            quoted, begins = found[2], found.end()
            ends = _end_of(text, begins, quoted)
            value = text[begins:ends].strip()
            if value and value not in ("nil", "null", "None", "true", "false"):
                pieces += [text[told:begins], self._people.mask(kind, value)]
                told = ends
        return "".join([*pieces, text[told:]])

    def _json(self, node: Any, member: str, kind: str | None, *, parts: bool) -> Any:
        if isinstance(node, dict):
            return {
                self._string(name, parts=parts): self._json(value, name, kind_of(name, member) or kind, parts=parts)
                for name, value in node.items()
            }
        if isinstance(node, list):
            return [self._json(item, member, kind, parts=parts) for item in node]
        if kind is not None and node not in ("", None) and not isinstance(node, bool):
            return self._people.mask(kind, node)
        return self._string(node, parts=parts) if isinstance(node, str) else node

    def _string(self, text: str, *, parts: bool) -> str:
        if _PLAIN.fullmatch(text):  # one word, an id, a time: nobody, but for who has just that for a name
            known = self._people.known(text)
            return known or (self._people.mask("trn", text) if len(text) == 7 and text.isdecimal() else text)
        return self._without_people(text, parts=parts)

    def _csv(self, said: str) -> str:
        """The rows of a file, if it is one, with what stands in personal columns masked."""
        first = said[:10_000].partition("\n")[0]
        if said[0] in "{[<" or not any(kind_of(name) for name in first.split(",")):
            return said
        out = io.StringIO()
        write = csv.writer(out, lineterminator="\n")
        kinds: list[str | None] = []
        try:
            for row in csv.reader(io.StringIO(said, newline="")):
                found = zip_longest(kinds, row) if kinds else ((None, name) for name in row)
                write.writerow(self._people.mask(kind, cell) if kind and cell else cell for kind, cell in found)
                kinds = kinds or [kind_of(name) for name in row]
        except csv.Error:
            return said
        return out.getvalue()


def _written(node: Any) -> str:
    return json.dumps(node, ensure_ascii=False)


def _end_of(text: str, begins: int, quoted: str | None) -> int:
    """Where a value ends that begins there."""
    if quoted is None:
        found = _UNQUOTED.match(text, begins)
        return found.end() if found else begins
    at = begins
    while (at := text.find(quoted, at)) >= 0:
        if text[at - 1] != "\\" or quoted.startswith("\\"):
            return at
        at += len(quoted)
    return len(text)
