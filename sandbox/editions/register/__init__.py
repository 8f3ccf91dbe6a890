"""Register: "Register early career teachers", the service that followed ECF, in its version v3."""
