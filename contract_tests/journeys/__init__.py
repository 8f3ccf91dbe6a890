"""Whether whole stories come out as they should: registered, started, retained, completed, paid, clawed back."""
