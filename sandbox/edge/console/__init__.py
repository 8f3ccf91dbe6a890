"""The console: pages at `/` to look at worlds and act in them. They need no JavaScript, and are made when asked for."""
