"""The command line: `docgen …`."""

from docgen.cli.root import main

__all__ = ["main"]
