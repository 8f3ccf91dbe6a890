"""How Register's records are shown."""
