"""The built-in regions that need more than data; each is one package of hooks."""
