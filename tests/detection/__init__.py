"""How much the contract tests find: of mutations of the sandbox's code, and of answers spoilt on their way; and what they find where nothing is wrong."""
