"""The steps that bring the tables of a running service to their newest form, one after another."""
