"""How much the contract tests find: of mutations of the code, of answers spoilt on their way, and false alarms."""
