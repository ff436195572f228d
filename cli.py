"""The door for a checkout: `python cli.py …` is `docgen …`."""

from docgen.cli import main

main()
