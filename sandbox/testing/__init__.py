"""A sandbox for your own tests: `with Sandbox() as sandbox:` starts one, to act in as schools, the DfE and time.

The pytest plugin loads this package under another name where a project's own `sandbox` comes first. So its modules name
each other relatively, and nothing else of the sandbox until one is started.
"""

from .answers import Participant, School, Settled
from .clock import Clock
from .control import Refusal, Unreachable
from .provider import Provider
from .sandbox import Sandbox
from .world import World

__all__ = ["Clock", "Participant", "Provider", "Refusal", "Sandbox", "School", "Settled", "Unreachable", "World"]
