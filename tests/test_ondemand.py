from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT

PROGRAM = """
import sys
from concurrent.futures import ThreadPoolExecutor
from docgen.ondemand import on_demand
module = on_demand("docgen.convert")
assert "docgen.convert" not in sys.modules
with ThreadPoolExecutor(8) as pool:
    found = list(pool.map(lambda _: module.PdfOptions, range(32)))
assert len(set(found)) == 1
"""


def test_a_module_is_imported_once_with_its_first_use_by_many_threads() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
