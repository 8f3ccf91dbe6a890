"""uvicorn's connections, which the application can close, and on which nobody keeps the server waiting or fills it."""

from __future__ import annotations

from asyncio import AbstractEventLoop, Handle, TimerHandle, Transport
from typing import Any, Final, NamedTuple

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from sandbox.edge.crowd import Crowd
from sandbox.edge.faults import CLOSE

LARGEST: Final = 64 << 10  # bytes of a request that are not its body: its line, headers, trailers, what frames chunks
KEPT_ALIVE: Final = 75  # seconds between requests
_LINGER: Final = 2.0  # seconds that a refused client has to read why
_PIECE: Final = 4096
_CHUNK: Final = 12  # bytes that frame one chunk of a body, usually
_REFUSALS: Final = {
    400: b"This is no request of HTTP/1.1.",
    408: b"The request took too long to come.",
    431: b"A request may have 64 kilobytes beside its body.",
}


class Patience(NamedTuple):
    """For how many seconds a client may keep the server waiting."""

    headers: float = 10.0  # from the connection, or from the first byte of a later request
    body: float = 60.0  # from the end of the headers
    reading: float = 60.0  # of what was written for it


PATIENT: Final = Patience()


class Connection(HttpToolsProtocol):
    """One connection to a client, for uvicorn's setting `http`.

    An offer to go on in another protocol is ignored, and so is whatever comes in a trailer.
    """

    _at_headers = False  # of a request that has begun
    _at_body = False
    _replaying = False  # a head of our own making, in place of one that was read
    _upgrading = False
    _over = False
    _aside = 0  # bytes of this request that are not its body
    _body_bytes = 0  # of the piece that is read
    _begun = 0  # requests in it
    _deadline: TimerHandle | None = None
    _reading: TimerHandle | None = None

    def __init__(self, *args: Any, crowd: Crowd, patience: Patience = PATIENT, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._crowd = crowd
        self._patience = patience

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """A client is there, and has some seconds to say what it wants."""
        super().connection_made(transport)
        if self._crowd.has_room_for(len(self.connections), self.loop.time()):
            self._expect(self._patience.headers)
        else:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is gone, and nobody waits any more."""
        self._unset_deadline()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, in pieces so small that no limit is passed by much."""
        self._unset_keepalive_if_required()
        start = 0
        while start < len(data) and not self._over and not self.transport.is_closing():
            start += self._read(data, start)
        if self._deadline is None and not self._at_body and self.cycle.response_complete:
            self._expect(self._patience.headers)

    def on_message_begin(self) -> None:
        """A request begins: its scope has, among its extensions, what ends the connection."""
        if self._replaying:
            return
        super().on_message_begin()
        self.scope["extensions"] = {CLOSE: {"close": self.transport.close}}
        self._at_headers, self._upgrading = True, False
        self._begun += 1

    def on_url(self, url: bytes) -> None:
        """A part of what it asks for."""
        if not self._replaying:
            super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header. What comes after the headers, as a trailer, is none."""
        if self._at_headers:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """All headers are there."""
        if self._replaying:
            return
        self._at_headers = False
        self._upgrading = self.parser.should_upgrade()
        super().on_headers_complete()
        self.cycle.transport = _Together(self.transport, self.loop)  # type: ignore[assignment]
        self._at_body = True
        self._unset_deadline()

    def on_chunk_header(self) -> None:
        """A chunk of the body begins."""
        self._body_bytes += _CHUNK

    def on_body(self, body: bytes) -> None:
        """A part of the body."""
        self._body_bytes += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole, unless its body has yet to be read by the parser that ignores an offer."""
        if self._upgrading:
            return
        self._at_body = False
        self._unset_deadline()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """An answer has been written, though perhaps not read: a connection that closes waits for that."""
        super().on_response_complete()
        if self.transport.is_closing():
            self._close()

    def timeout_keep_alive_handler(self) -> None:
        """Nobody has asked for anything for long."""
        self._close()

    def pause_writing(self) -> None:
        """The client does not read what it asked for."""
        super().pause_writing()
        if self._reading is None:
            self._reading = self.loop.call_later(self._patience.reading, self.transport.abort)

    def resume_writing(self) -> None:
        """It reads on."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        super().resume_writing()

    def _read(self, data: bytes, start: int) -> int:
        """Have the parser read a piece of what came, which begins there; how long that was."""
        between = not (self._at_headers or self._at_body)
        if between:
            self._aside = 0
        room = LARGEST + 1 - self._aside
        if self._at_body:
            room = max(room, _PIECE)
        piece = data if start == 0 and len(data) <= room else data[start : start + room]
        self._body_bytes = self._begun = 0
        try:
            self._feed(piece)
        except httptools.HttpParserError:
            self._refuse(400)
            return len(piece)
        if self._begun > (1 if between else 0):
            self._aside = 0  # of how much began within the piece nobody told us, but it is not much
        else:
            self._aside += len(piece) - self._body_bytes
        if self._aside > LARGEST:
            self._refuse(431)
        elif self._at_body and self._deadline is None:
            self._expect(self._patience.body)
        return len(piece)

    def _feed(self, piece: bytes) -> None:
        """Have the parser read. It stops where a client offers another protocol: another one goes on from there."""
        try:
            self.parser.feed_data(piece)
        except httptools.HttpParserUpgrade as stopped:
            self.parser = httptools.HttpRequestParser(self)
            self._replaying, self._upgrading = True, False
            self.parser.feed_data(self._framing())
            self._replaying = False
            self._feed(piece[stopped.args[0] :])

    def _framing(self) -> bytes:
        """A head that has the same body follow."""
        kept = [b"%b: %b\r\n" % each for each in self.headers if each[0] in (b"content-length", b"transfer-encoding")]
        return b"POST / HTTP/1.1\r\n%b\r\n" % b"".join(kept)

    def _expect(self, seconds: float) -> None:
        """End the connection unless what is awaited comes within so many seconds."""
        self._unset_deadline()
        self._deadline = self.loop.call_later(seconds, self._too_late)

    def _unset_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_late(self) -> None:
        self._deadline = None
        if self._at_body and self.flow.read_paused:
            self._expect(self._patience.body)  # it is the application that does not read
        elif self._at_headers or self._at_body:
            self._refuse(408)
        else:
            self._close()

    def _close(self) -> None:
        """End the connection once what was written has been read, but soon."""
        self.transport.close()
        self._unset_deadline()
        self._deadline = self.loop.call_later(self._patience.reading, self.transport.abort)

    def _refuse(self, status: int) -> None:
        """Say what is wrong, unless an answer is on its way, and read no more."""
        self._over = True
        self._unset_deadline()
        running = self.cycle is not None and not self.cycle.response_complete
        if running:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if running and self.cycle.response_started:
            self._close()
            return
        said = _REFUSALS[status]
        self.transport.write(
            b"%bcontent-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\nconnection: close\r\n\r\n%b"
            % (STATUS_LINE[status], len(said), said)
        )
        if self.transport.can_write_eof():
            self.transport.write_eof()  # closing at once would take back what was not read yet
        self._deadline = self.loop.call_later(_LINGER, self._close)


class _Together:
    """What an answer is written to: its head waits for the body, as one message costs both sides less than two.

    It waits no longer than the loop's turn, within which it is mostly followed.
    """

    def __init__(self, transport: Transport, loop: AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._waiting = b""
        self._turn: Handle | None = None

    def write(self, said: bytes) -> None:
        """Say something now, or with what is said next."""
        if self._turn is None:
            self._waiting = said
            self._turn = self._loop.call_soon(self._flush)
        else:
            self._transport.write(self._waiting + said)
            self._waiting = b""

    def close(self) -> None:
        """Say what is left to say, and close."""
        self._flush()
        self._transport.close()

    def is_closing(self) -> bool:
        """True once nothing more can be said."""
        return self._transport.is_closing()

    def _flush(self) -> None:
        if self._waiting:
            self._transport.write(self._waiting)
            self._waiting = b""
