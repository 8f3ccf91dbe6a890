"""How each version of the API shows each record."""
