"""One module for each page: what it is asked, what it has done, and which template shows it."""
