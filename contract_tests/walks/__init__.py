"""Seeded walks through a world: after each act everything that providers see is compared with what is known."""
