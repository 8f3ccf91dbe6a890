"""What there is to be seen in Register once this and that has happened, known without asking: from its rules alone."""
