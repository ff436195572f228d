from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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


LATER = """
import re, sys
sys.path.insert(0, sys.argv[1])
from docgen.ondemand import patterns_on_demand
with patterns_on_demand("late"):
    import late
    import prompt
assert not isinstance(late.PATTERN, re.Pattern)
assert isinstance(prompt.PATTERN, re.Pattern)
assert isinstance(re.compile("c"), re.Pattern)
assert late.PATTERN.fullmatch("A") and not late.PATTERN.fullmatch("b")
"""


def test_only_the_patterns_of_the_named_packages_wait_for_their_use(tmp_path: Path) -> None:
    for name in ("late", "prompt"):
        (tmp_path / f"{name}.py").write_text("import re\nPATTERN = re.compile('a', re.I)\n")
    command = [sys.executable, "-c", LATER, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
