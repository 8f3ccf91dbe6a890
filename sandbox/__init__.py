"""The sandbox: a stand-in for the lead provider API, and the actors a provider cannot be."""

__version__ = "0.1.0"
