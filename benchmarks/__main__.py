"""All benchmarks, one after the other: `python -m benchmarks`, or `make bench`.

Needs a quiet machine. Prints Markdown; docs/performance.md holds a run of it.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys

RUNS = (
    ("Filling a template", ["benchmarks.fill"]),
    ("The whole of docgen", ["benchmarks.pipeline"]),
    ("DOCX to PDF", ["benchmarks.convert"]),
    ("Reading Russian", ["benchmarks.language"]),
    ("Checking orders", ["benchmarks.check_orders"]),
    ("The service under load", ["benchmarks.service"]),
)


def main() -> None:
    """Runs each benchmark in a process of its own and prints what it prints."""
    print(f"{os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}\n")
    for title, arguments in RUNS:
        print(f"## {title}\n", flush=True)
        subprocess.run([sys.executable, "-m", *arguments], check=False)
        print(flush=True)


if __name__ == "__main__":
    main()
