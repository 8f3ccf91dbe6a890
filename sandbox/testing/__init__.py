"""A sandbox for your own tests: `with Sandbox() as sandbox:` starts one, to act in as schools, the DfE and time."""

from sandbox.testing.answers import Participant, School, Settled
from sandbox.testing.clock import Clock
from sandbox.testing.control import Refusal
from sandbox.testing.provider import Provider
from sandbox.testing.sandbox import Sandbox
from sandbox.testing.world import World

__all__ = ["Clock", "Participant", "Provider", "Refusal", "Sandbox", "School", "Settled", "World"]
