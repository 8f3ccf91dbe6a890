"""What Register's requests are judged by, and what it shows of its records. Pure, as `sandbox/rules` is."""
