"""uvicorn's connections, which the application can close."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from sandbox.edge.faults import CLOSE


class Connection(HttpToolsProtocol):
    """One connection to a client, for uvicorn's setting `http`."""

    def on_message_begin(self) -> None:
        """A request begins: its scope has, among its extensions, what ends the connection."""
        super().on_message_begin()
        self.scope["extensions"] = {CLOSE: {"close": self.transport.close}}
