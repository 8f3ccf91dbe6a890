"""What a provider can do: gather the facts, have the rules judge them, save the outcome."""
