"""What worlds of Register begin with: read from `seeds/register/`, and played by actors and actions."""
