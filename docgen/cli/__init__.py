"""The command line: `docgen …`."""

from docgen.cli.main import main

__all__ = ["main"]
