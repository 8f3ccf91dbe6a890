"""What only schools and the DfE can do, and the script that plays the seed data through them."""
