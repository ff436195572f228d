"""The regions: profiles and plugins brought together, their hooks as plain methods."""

from __future__ import annotations

import importlib.util
import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import MINYEAR
from functools import cached_property
from importlib import import_module
from pathlib import Path
from traceback import walk_tb
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pluggy

from docgen import default_region, hookspecs
from docgen.errors import DocgenError, InputError, Problem, RegionError
from docgen.i18n import _
from docgen.installed import entry_points
from docgen.models import (
    Annex,
    Column,
    Form,
    Issuer,
    Layout,
    Letterhead,
    Order,
    Point,
    Profile,
    Project,
    Starter,
)
from docgen.models.profiles import DEFAULT_TIME_ZONE
from docgen.schemas.profile import load_profile

_log = logging.getLogger(__name__)
_YEAR = re.compile(r"\b20[1-4]\d\b")
ENTRY_POINT_GROUP = "docgen.regions"


class Region:
    """One region: its profile, and its rules as methods."""

    def __init__(
        self, profile: Profile, hooks: pluggy.HookRelay, plugins: Sequence[ModuleType] = ()
    ) -> None:
        self.profile = profile
        self.plugins = plugins
        self._hooks = hooks

    @property
    def code(self) -> str:
        """The region's code, the name of its profile file."""
        return self.profile.code

    def layout_name(self, annex: Annex) -> str:
        """The name of the annex's column layout, given in the data or chosen by the region."""
        if annex.layout is not None:
            return annex.layout
        name: str = self._asked("annex_layout", annex=annex)
        return name

    def layout(self, annex: Annex) -> Layout:
        """The column layout of the annex."""
        return self.profile.layouts[self.layout_name(annex)]

    def stamp(self, order: Order, index: int) -> Sequence[str]:
        """The lines of the stamp of the annex with this index."""
        lines: Sequence[str] = self._asked("annex_stamp", order=order, index=index)
        return lines

    def word(self, order: Order, form: Form) -> Point:
        """The wording of a point given as a form; LanguageError where it cannot be decided."""
        point: Point = self._asked("point_text", order=order, form=form)
        return point

    def acquaintance(self, order: Order) -> Sequence[str]:
        """The lines that those acquainted with the order sign; empty when it names no one."""
        if not order.acquainted:
            return ()
        lines: Sequence[str] = self._asked("acquaintance", order=order)
        return lines

    def _asked(self, hook: str, **arguments: Any) -> Any:
        with _naming_plugin(self.plugins, hook):
            return getattr(self._hooks, hook)(profile=self.profile, **arguments)


def unnamed_region(order: Order) -> Region:
    """A region for an order of nowhere known: the columns its rows have, the usual wordings."""
    items = (item for annex in order.annexes for _section, _index, item in annex.items())
    keys = dict.fromkeys(key for item in items for key in item.values)
    columns = tuple(Column(key, key, 1.0) for key in ("number", *keys))
    first, last = order.years or _years_of(order)
    profile = Profile(
        code="",
        name="",
        letterhead=Letterhead(lines=()),
        issuer=Issuer(name="", genitive=("",)),
        project=Project(name="", short="", years=(first, last)),
        layouts={"roadmap": Layout(columns)},
        signatory_post="",
        starter=Starter("", ""),
    )
    return Region(profile, _manager().hook)


def _years_of(order: Order) -> tuple[int, int]:
    """The years that the order names; that of its date where it names none."""
    texts = [order.title, *(item.get("deadline") for a in order.annexes for *_, item in a.items())]
    years = sorted(int(year) for year in _YEAR.findall(" ".join(texts)))
    years = years or [order.date.year if order.date else MINYEAR]
    return years[0], years[-1]


class Regions(Mapping[str, Region]):
    """All known regions by code. Plugins are checked at once, profiles are read when asked for."""

    def __init__(
        self,
        profile_folders: Sequence[Path],
        plugins: Sequence[tuple[str, ModuleType]],
        edited: Callable[[str], Path | None] = lambda _code: None,
    ):
        """`edited` gives the file of a profile that stands before the one in the folders.

        It is asked each time; a file is never changed once it was given.
        """
        self._edited = edited
        self._folders = profile_folders
        self._managers = {code: _manager() for code in {code for code, _module in plugins}}
        for code, module in plugins:
            _register(self._managers[code], code, module)
        self._loaded: dict[Path, Region] = {}

    def __getitem__(self, code: str) -> Region:
        """The region; KeyError when none has the code, RegionError when its profile is faulty."""
        path = self.profile_file(code)
        if path not in self._loaded:
            self._loaded[path] = self.with_profile(code, path)
        return self._loaded[path]

    def with_profile(self, code: str, path: Path) -> Region:
        """The region as it would be with the profile in this file; RegionError for a faulty one."""
        manager = self._managers.get(code) or _manager()
        plugins = [each for each in manager.get_plugins() if each is not default_region]
        plugins.sort(key=lambda plugin: plugin.__name__)
        return Region(load_profile(path), manager.hook, plugins)

    def profile_file(self, code: str) -> Path:
        """The file of the profile in use; KeyError when no region has the code."""
        return self._edited(code) or self._files[code]

    def usable(self) -> tuple[dict[str, Region], list[RegionError]]:
        """The regions by code, and what is wrong with the profiles of the others."""
        regions, errors = {}, []
        for code in self:
            try:
                regions[code] = self[code]
            except RegionError as error:
                errors.append(error)
        return regions, errors

    def __iter__(self) -> Iterator[str]:
        """The codes in alphabetical order."""
        return iter(sorted(self._files))

    def __len__(self) -> int:
        """How many regions there are."""
        return len(self._files)

    @cached_property
    def _files(self) -> dict[str, Path]:
        files: dict[str, Path] = {}
        for code, manager in self._managers.items():
            with _naming_plugin(manager.get_plugins(), "profile_file"):
                path = manager.hook.profile_file()
            if path is not None:
                files[code] = path
        for folder in self._folders:
            for path in folder.glob("*.yaml"):
                files.setdefault(path.stem, path)
        return files

    def zone(self, code: str | None) -> ZoneInfo:
        """The time of the region; Moscow's for all of them, and for one that cannot be read."""
        try:
            return self[code or ""].profile.zone
        except (KeyError, RegionError):
            return ZoneInfo(DEFAULT_TIME_ZONE)

    def find(self, code: object) -> Region:
        """The region with this code; InputError names those that exist."""
        if isinstance(code, str) and code in self._files:
            return self[code]
        message = _("there is no such region; known: %(codes)s") % {"codes": ", ".join(self)}
        raise InputError(
            _("Unknown region “%(code)s”.") % {"code": code},
            (Problem("region", message, "unknown-region"),),
            code="unknown-region",
        )


@contextmanager
def _naming_plugin(plugins: Iterable[ModuleType], hook: str) -> Iterator[None]:
    """RegionError for what a plugin raises inside the hook; a fault of docgen's own goes on."""
    try:
        yield
    except DocgenError:
        raise
    except Exception as error:
        frames = [
            frame.f_globals.get("__name__", "") for frame, _line in walk_tb(error.__traceback__)
        ]
        culprits = [
            plugin
            for plugin in plugins
            if plugin.__name__ in frames and plugin is not default_region
        ]
        if not culprits:
            raise
        name = culprits[0].__file__ or culprits[0].__name__
        _log.exception("plugin failed", extra={"plugin": name, "hook": hook})
        message = _("The plugin %(name)s failed in the hook “%(hook)s”: %(reason)s.")
        reason = f"{type(error).__name__}: {error}"
        raise RegionError(
            message % {"name": name, "hook": hook, "reason": reason}, code="plugin-failed"
        ) from error


def _manager() -> pluggy.PluginManager:
    manager = pluggy.PluginManager(hookspecs.NAMESPACE)
    manager.add_hookspecs(hookspecs)
    manager.register(default_region, "default_region")
    return manager


def _register(manager: pluggy.PluginManager, code: str, module: ModuleType) -> None:
    """Adds a plugin; RegionError names a hook or an argument that does not exist."""
    try:
        manager.register(module, f"{code}:{module.__name__}")
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise RegionError(
            _("The plugin of the region “%(code)s” does not fit: %(reason)s")
            % {"code": code, "reason": " ".join(str(error).split())},
            code="plugin-misfit",
        ) from error


def load_regions(
    profiles: Path,
    plugin_folder: Path | None,
    edited: Callable[[str], Path | None] = lambda _code: None,
) -> Regions:
    """The regions of this installation: built in, installed as packages, and of the folder.

    A plugin in the folder is asked before an installed one; so is its profile.
    """
    plugins = [(code, _imported(name)) for code, name in entry_points(ENTRY_POINT_GROUP)]
    folders = [profiles]
    if plugin_folder is not None:
        folders.insert(0, plugin_folder)
        plugins += [(path.stem, _load_file(path)) for path in _plugin_files(plugin_folder)]
    return Regions(folders, plugins, edited)


def _plugin_files(folder: Path) -> list[Path]:
    """The single-file plugins of a folder; tests may stand beside them."""
    return [
        path
        for path in sorted(folder.glob("*.py"))
        if not path.stem.startswith(("test_", "conftest", "_"))
    ]


def _imported(name: str) -> ModuleType:
    """An installed plugin; RegionError for one that fails, whatever it raises."""
    try:
        return import_module(name)
    except Exception as error:
        raise _broken(name, error) from error


def _load_file(path: Path) -> ModuleType:
    name = f"docgen_plugin_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise RegionError(_("The plugin %(name)s cannot be loaded.") % {"name": path.name})
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise _broken(path.name, error) from error
    return module


def _broken(name: str, error: Exception) -> RegionError:
    message = _("The plugin %(name)s cannot be loaded: %(reason)s.")
    return RegionError(
        message % {"name": name, "reason": f"{type(error).__name__}: {error}"}, code="plugin-misfit"
    )
