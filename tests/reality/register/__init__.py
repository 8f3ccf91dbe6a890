"""Single exchanges with Register, set up through the control API."""
