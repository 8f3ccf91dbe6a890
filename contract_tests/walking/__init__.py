"""What walks through every edition have in common: acts taken one by one, and lists compared with what is known."""
