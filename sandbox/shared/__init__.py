"""Worlds that several processes serve: kept in PostgreSQL, with what was asked of each and who may have some."""
