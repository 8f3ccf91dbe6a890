"""What only schools, the DfE and time do."""
