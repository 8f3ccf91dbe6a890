"""The sandbox: a stand-in for the lead provider API, and the actors a provider cannot be."""
