"""What pages show, as pure functions of the records of a world."""
