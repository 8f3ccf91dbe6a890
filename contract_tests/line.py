"""The line to a target: an answer has to have come whole by a time, however slowly its bytes drip, and has an end."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import default_headers
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

LOOKS_EVERY: Final = 0.1  # seconds
IDLE: Final = 5.0  # seconds after which nobody watches any more
STALE: Final = 1.0  # seconds after which a connection is made anew, as the other side may be about to close it
MOST_BYTES: Final = 200_000_000
CHUNK: Final = 1 << 17


class TooSlow(Exception):
    """An answer did not come whole in time."""


class TooLong(Exception):
    """An answer does not end."""


class Line:
    """Sends requests one after the other, on one connection as long as it holds."""

    def __init__(self, url: str) -> None:
        self._adapter = _Adapter(self)
        self._around = _around(url)
        self._headers = default_headers()
        self._socket: socket.socket | None = None
        self._due: float | None = None
        self._hung_up = False
        self._used = 0.0
        self._watch: threading.Thread | None = None
        self.is_fresh = False  # whether a connection was made for the last request

    def ask(self, method: str, url: str, content: dict[str, Any], seconds: float) -> requests.Response:
        """The answer, all of it. Raises RequestException, TooSlow, TooLong."""
        if time.monotonic() - self._used > STALE:
            self._adapter.close()
        self.is_fresh = False
        content["headers"] = {**self._headers, **content.get("headers", {})}
        with self._in_time(seconds):
            asked = requests.Request(method, url, **content).prepare()
            answer = self._adapter.send(asked, stream=True, timeout=(min(10.0, seconds), seconds), **self._around)
            answer._content = _whole(answer)
        return answer

    def renew(self) -> None:
        """Leave the connection that there is."""
        self._adapter.close()

    def connected(self, found: socket.socket) -> None:
        """Note what there is to hang up."""
        self._socket, self.is_fresh = found, True

    @contextmanager
    def _in_time(self, seconds: float) -> Iterator[None]:
        """Hang up when what is done inside takes longer. Raises TooSlow then."""
        self._hung_up, self._used = False, time.monotonic()
        self._due = self._used + seconds
        if self._watch is None or not self._watch.is_alive():
            self._watch = threading.Thread(target=self._watches, daemon=True)
            self._watch.start()
        try:
            yield
        except requests.RequestException:
            if not self._hung_up:
                raise
        finally:
            self._due, self._used = None, time.monotonic()
        if self._hung_up:
            self._adapter.close()
            raise TooSlow

    def _watches(self) -> None:
        while time.monotonic() - self._used < IDLE or self._due is not None:
            time.sleep(LOOKS_EVERY)
            if self._due is not None and time.monotonic() > self._due:
                self._hung_up, self._due = True, None
                with suppress(OSError):
                    if self._socket is not None:
                        self._socket.shutdown(socket.SHUT_RDWR)


def _around(url: str) -> dict[str, Any]:
    """Proxies and certificates, taken from the environment once: a session of `requests` would before each request.

    No proxy leads to this machine itself.
    """
    around = requests.Session().merge_environment_settings(url, {}, None, None, None)
    if is_loopback(urlsplit(url).hostname or ""):
        around["proxies"] = {}
    return {name: around[name] for name in ("verify", "cert", "proxies")}


def is_loopback(host: str) -> bool:
    """True of this machine itself, which no proxy leads to."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Adapter(HTTPAdapter):
    """Tells a line of every connection."""

    def __init__(self, line: Line) -> None:
        self._pools = _pools(line)
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager


def _pools(line: Line) -> dict[str, Any]:
    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            line.connected(self.sock)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            found = super()._new_conn()
            line.connected(found)  # already while keys are exchanged
            return found

        def connect(self) -> None:
            super().connect()
            line.connected(self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _whole(answer: requests.Response) -> bytes:
    found = bytearray()
    for chunk in answer.iter_content(CHUNK):
        found += chunk
        if len(found) > MOST_BYTES:
            answer.close()
            raise TooLong
    return bytes(found)
