"""What schools, appropriate bodies, the DfE and time do in Register, one module for each."""
