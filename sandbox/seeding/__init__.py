"""Reads the seed files and plays them: through the actions and actors that serve the API, so that every rule holds."""
