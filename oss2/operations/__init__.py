"""The operations, by family: every method is a docstring and one call into the core."""
