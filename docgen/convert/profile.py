"""Seeds the private profile of one LibreOffice process: quick to start, closed to the outside.

The versions keep LibreOffice from its first-start work (a graphics self-test of a third of a
second and a restart); the rest forbids links, macros, Java, recovery and updates.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from docgen.convert.contract import PdfOptions
from docgen.convert.office import Office

_COMMON = "/org.openoffice.Office.Common"
_SETTINGS: tuple[tuple[str, str, str], ...] = (
    ("/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"),
    ("/org.openoffice.Setup/Office", "OfficeRestartInProgress", "false"),
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    (f"{_COMMON}/Security/Scripting", "MacroSecurityLevel", "3"),
    (f"{_COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),
    (f"{_COMMON}/Misc", "FirstRun", "false"),
    (f"{_COMMON}/Misc", "CrashReport", "false"),
    (f"{_COMMON}/Misc", "CollectUsageInformation", "false"),
    (f"{_COMMON}/Misc", "ShowTipOfTheDay", "false"),
    (f"{_COMMON}/Misc", "UseLocking", "false"),
    (f"{_COMMON}/Undo", "Steps", "0"),
    (f"{_COMMON}/Filter/PDF/Export", "UseTaggedPDF", "true"),
    (f"{_COMMON}/Filter/PDF/Export", "ExportBookmarks", "true"),
    ("/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    ("/org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    ("/org.openoffice.Office.Linguistic/SpellChecking", "IsSpellAuto", "false"),
    ("/org.openoffice.Office.Linguistic/GrammarChecking", "IsAutoCheck", "false"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
)
_UPDATES = (
    "/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments"
)


def _item(path: str, name: str, value: str) -> str:
    return (
        f'<item oor:path="{escape(path)}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{escape(value)}</value></prop></item>"
    )


def registry(office: Office, options: PdfOptions) -> str:
    """The text of `registrymodifications.xcu` for a fresh profile of this LibreOffice."""
    settings = (
        *_SETTINGS,
        ("/org.openoffice.Setup/Product", "ooSetupLastVersion", office.version),
        ("/org.openoffice.Setup/Office", "LastCompatibilityCheckID", office.build),
        (_UPDATES, "AutoCheckEnabled", "false"),
        (f"{_COMMON}/Filter/PDF/Export", "SelectPdfVersion", "2" if options.pdfa else "0"),
        ("/org.openoffice.Office.Linguistic/General", "DefaultLocale", options.language),
        ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", options.language),
    )
    return "".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>\n',
            '<oor:items xmlns:oor="http://openoffice.org/2001/registry"',
            ' xmlns:xs="http://www.w3.org/2001/XMLSchema"',
            ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n',
            *(_item(*setting) + "\n" for setting in settings),
            "</oor:items>\n",
        )
    )


def seed_profile(directory: Path, office: Office, options: PdfOptions) -> None:
    """Makes `directory` a user installation that LibreOffice takes as already set up.

    The options are the defaults for a back end that cannot pass them with the document.
    """
    user = directory / "user"
    user.mkdir(parents=True, exist_ok=True)
    extensions = user / "extensions"
    extensions.mkdir(exist_ok=True)
    (extensions / "buildid").write_text(office.build, encoding="utf-8")
    (user / "registrymodifications.xcu").write_text(registry(office, options), encoding="utf-8")
