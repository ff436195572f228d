"""Sessions of a shell shown on a page: command lines with what they print under them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

END = "-- end of an answer --"


@dataclass(frozen=True, slots=True)
class Step:
    """A command, which may go on over lines that begin with “> ”, and the answer shown."""

    command: str
    answer: str

    def matches(self, printed: str) -> bool:
        """Whether this was printed; “…” stands for anything."""
        pattern = ".*?".join(re.escape(part) for part in self.answer.strip().split("…"))
        return not self.answer or re.fullmatch(pattern, printed.strip(), re.S) is not None


def steps(text: str) -> Iterator[Step]:
    """The steps of all blocks marked `console`, in order."""
    for block in re.findall(r"^```console\n(.*?)^```", text, re.S | re.M):
        for command, answer in re.findall(
            r"^\$ (.*\n(?:> .*\n)*)((?:(?![$]\ ).*\n)*)", block, re.M
        ):
            yield Step(re.sub(r"^> ", "", command, flags=re.M), answer)


def run(commands: Sequence[str], folder: Path) -> list[str]:
    """What each command printed, all of them in one shell."""
    script = "".join(f"{command.rstrip()}\necho; echo '{END}'\n" for command in commands)
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout.replace("\r\n", "\n").split(f"\n{END}\n")[:-1]
