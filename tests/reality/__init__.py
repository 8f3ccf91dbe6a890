"""Recorded sessions of the DfE's own service, replayed in process: every answer is compared in full."""
