"""Runs a module as `python -m` does, with packages found where its caller finds them, and only as long as that lives.

    python -E -P leash.py held|free MODULE ARGUMENTS

What is `held` ends when its standard input does: the caller has the other end, and has it until it is gone.
"""

import os
import runpy
import sys
import threading

PATH = "ECF_CONTRACT_PATH"


def _end_with(held: int) -> None:
    while os.read(held, 4096):
        pass
    os._exit(1)


if __name__ == "__main__":
    _, how, module, *rest = sys.argv
    sys.path[:] = os.environ[PATH].split(os.pathsep)
    if how == "held":  # by a copy, as pytest takes standard input away
        threading.Thread(target=_end_with, args=(os.dup(0),), daemon=True).start()
    sys.argv[:] = [module, *rest]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
