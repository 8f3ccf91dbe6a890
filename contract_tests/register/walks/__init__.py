"""Seeded walks through a world of Register: after acts, what providers see is compared with what is known."""
