"""What must hold of the lists of Register, whatever is in them."""
