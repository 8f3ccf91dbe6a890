"""Pure judgement: no HTTP, no storage, no clock."""
