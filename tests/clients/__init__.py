"""Clients that are generated from the documents as they are served."""
