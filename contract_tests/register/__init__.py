"""Scenarios of Register, the service that followed ECF, and what they need."""
