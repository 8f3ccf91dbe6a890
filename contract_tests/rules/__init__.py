"""Whether every rule of the catalogue is kept: one scenario that sees it refuse, one that sees it accept."""
