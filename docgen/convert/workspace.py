"""The private folder of one LibreOffice process: profile, home, fonts, temporary files, pipe.

LibreOffice puts its named pipes into /tmp whatever TMPDIR says, and leaves them there when it is
killed; both names follow from the folder's, so `remove` takes them away too.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from docgen.convert.contract import PdfOptions
from docgen.convert.fonts import write_fonts
from docgen.convert.office import Office
from docgen.convert.profile import seed_profile

PREFIX = "office-"
_PIPE_FOLDERS = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - fixed in LibreOffice
_SWITCHES = (
    "--headless",
    "--invisible",
    "--norestore",
    "--nologo",
    "--nodefault",
    "--nolockcheck",
    "--nofirststartwizard",
)


class Workspace:
    """Everything one LibreOffice process may touch, seeded and ready for it to start."""

    def __init__(self, parent: Path, office: Office) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        self._office = office
        self.home = self.directory / "home"
        self.home.mkdir()
        (self.directory / "tmp").mkdir()
        self.seed(PdfOptions())
        self._fonts = write_fonts(self.directory)

    def seed(self, options: PdfOptions) -> None:
        """Writes the settings of the profile, before LibreOffice starts on it."""
        seed_profile(self._profile, self._office, options)

    @property
    def _profile(self) -> Path:
        return self.directory / "profile"

    @property
    def pipe(self) -> str:
        """The name of the pipe on which this LibreOffice listens."""
        return pipe_name(self.directory)

    def environment(self) -> dict[str, str]:
        """The environment of LibreOffice: nothing of ours but the search path."""
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.home),
            "TMPDIR": str(self.directory / "tmp"),
            "LANG": "C.UTF-8",
            "FONTCONFIG_FILE": str(self._fonts),
            "SAL_USE_VCLPLUGIN": "svp",
            "SAL_NO_NWF": "1",
        }

    def command(self, *arguments: str) -> list[str]:
        """The command line that starts LibreOffice on this profile."""
        profile = f"-env:UserInstallation={self._profile.as_uri()}"
        return [str(self._office.program), *_SWITCHES, profile, *arguments]

    def listener(self) -> list[str]:
        """The command line of a LibreOffice that waits on the pipe."""
        return self.command(f"--accept=pipe,name={self.pipe};urp;")

    def remove(self) -> None:
        """Leaves nothing of the folder and its pipes."""
        remove_workspace(self.directory)


def pipe_name(directory: Path) -> str:
    """The pipe of the workspace in `directory`; unique, as the folder's full name is."""
    return "docgen" + hashlib.sha256(os.fsencode(directory)).hexdigest()[:24]


def pipe_files(name: str) -> list[Path]:
    """Where LibreOffice may put the pipe of this name; inside `unshare -r` it runs as user 0."""
    users = sorted({os.getuid(), 0})
    return [folder / f"OSL_PIPE_{user}_{name}" for folder in _PIPE_FOLDERS for user in users]


def _instance_name(directory: Path) -> str:
    """The pipe by which LibreOffice finds a running instance: MD5 of the profile's address."""
    address = (directory / "profile").as_uri().encode("utf-16-le")
    digest = hashlib.md5(address, usedforsecurity=False).digest()
    return "SingleOfficeIPC_" + "".join(f"{byte:x}" for byte in digest)


def remove_workspace(directory: Path) -> None:
    """Removes a workspace and its pipes, also one left by a process that was killed."""
    for name in (pipe_name(directory), _instance_name(directory)):
        for file in pipe_files(name):
            with suppress(OSError):
                file.unlink(missing_ok=True)
    shutil.rmtree(directory, ignore_errors=True)
