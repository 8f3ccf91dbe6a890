"""What answers ECF's operations, version by version."""
