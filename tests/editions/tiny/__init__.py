"""A second edition, as small as one can be: it proves that an edition takes no change outside its own folder."""
