"""The records, kept: TinyDB underneath, indexes above, one unit of work per request."""
