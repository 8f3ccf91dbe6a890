"""Several processes that do the same work: made by dividing this one, replaced when one is lost, ended together."""

from __future__ import annotations

import gc
import logging
import os
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Final

_LOG: Final = logging.getLogger(__name__)
_REST: Final = 1  # second before a lost one is replaced: it may be lost again at once


@contextmanager
def counting_together(number: int) -> Iterator[None]:
    """Have so many processes count what Prometheus is told where each can add up all of it, until the block ends.

    The client of Prometheus finds out when it is imported: that is to be in the block.
    """
    if number == 1:
        yield
        return
    with TemporaryDirectory(prefix="ecf-sandbox-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


def work_together(number: int, work: Callable[[], None]) -> None:
    """Have so many processes work until this one is told to stop by an exception, as signals raise them.

    One that is killed is replaced. Raises ChildProcessError when one cannot work at all.
    """
    gc.freeze()  # what is there by now stays in memory that all of them share
    here = os.pipe()  # its writing end closes with this process, however that ends
    working: set[int] = set()
    try:
        while True:
            while len(working) < number:
                working.add(_begun(work, here))
            lost, status = os.wait()
            working.discard(lost)
            code = os.waitstatus_to_exitcode(status)
            if code > 0:
                raise ChildProcessError(f"a worker ended with status {code}: what it said last says why")
            _LOG.warning("worker %d ended (%d); another takes its place", lost, code)
            Event().wait(_REST)
    finally:
        for worker in working:
            os.kill(worker, signal.SIGTERM)
        for worker in working:
            os.waitpid(worker, 0)


def _begun(work: Callable[[], None], here: tuple[int, int]) -> int:
    """The number of a new process that works."""
    worker = os.fork()
    if worker:
        return worker
    status = 0
    try:
        os.close(here[1])
        Thread(target=_end_with_parent, args=(here[0],), daemon=True).start()
        work()
    except (KeyboardInterrupt, SystemExit):
        pass
    except BaseException:
        traceback.print_exc()
        status = 1
    finally:
        os._exit(status)  # whatever else is open is the parent's to close


def _end_with_parent(alive: int) -> None:
    """Wait until nothing can come through this pipe any more, and end this process as it would have been."""
    os.read(alive, 1)
    os.kill(os.getpid(), signal.SIGTERM)
