"""The sandbox's own API: schools, the DfE, time, worlds. Each module answers the operations of one tag."""
