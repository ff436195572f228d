"""Editions of an order: what changed, the order that says so, and the edition it leads to."""
