"""Worlds as they are served: what each holds at run time beside its records."""
