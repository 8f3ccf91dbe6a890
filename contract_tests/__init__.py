"""Whether an implementation of the ECF lead provider API keeps its contract: the sandbox, or any deployment.

It knows the documents and the catalogue of rules (`openapi`), and nothing of the sandbox but its control API.
"""
