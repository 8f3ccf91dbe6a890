"""How much the contract tests find: of mutations of the code, of spoilt answers; and of what is right but odd."""
