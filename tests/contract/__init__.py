"""Whether the contract tests test what they say."""
