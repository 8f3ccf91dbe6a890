"""Stories of Register, from a school that hopes for a provider to what is paid and taken back."""
