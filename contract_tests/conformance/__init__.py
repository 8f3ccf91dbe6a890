"""Whether every answer is what the documents say it may be."""
