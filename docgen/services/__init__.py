"""Use cases, step by step: no Flask, click, SQL or XML here."""
