"""The rules that are ECF's alone: where the service and its guidance differ, one of each stands side by side."""
