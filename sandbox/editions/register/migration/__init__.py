"""How a world of ECF's records becomes one of Register's, as the DfE moved them over: ids stay, times stay."""
