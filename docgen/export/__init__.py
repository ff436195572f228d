"""Orders and reports as files other programs read: YAML, JSON, XLSX."""
