"""What answers the operations of Register's documents."""
