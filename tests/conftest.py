"""What tests share: the flag that renews golden files, and the services of this checkout."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from docgen.bootstrap import build_documents, build_reports, settings_in_force
from docgen.i18n import speaking
from docgen.services.documents import Documents
from docgen.services.reports import Reports
from docgen.store.database import Database
from docgen.store.schema import upgrade
from tests.buckets import S3, Held, in_bucket, in_folder, running_s3
from tests.databases import MISSING, Postgres, postgres_binaries, running_postgres

# How long an example takes says something of the machine, nothing of the code.
settings.register_profile("untimed", deadline=None)
settings.register_profile("fast", deadline=None, max_examples=20)
if "CI" not in os.environ:  # there hypothesis takes its own profile, which is untimed and fixed
    settings.load_profile("untimed")

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
REGIONS = ("astrakhan", "kirov", "moscow_oblast", "smolensk", "yugra")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden")
    parser.addoption("--soak", action="store_true", help="run the trials that take many minutes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Trials of many minutes run when they are asked for: `make soak`."""
    if config.getoption("--soak"):
        return
    long = [item for item in items if item.get_closest_marker("soak") is not None]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item.get_closest_marker("soak") is None]


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What tests keep is kept in a folder of their own."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DOCGEN_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(autouse=True)
def russian() -> Iterator[None]:
    """Every test starts in Russian, whatever the one before it spoke."""
    with speaking("ru"):
        yield


@pytest.fixture(scope="session")
def documents(own_home: None) -> Iterator[Documents]:
    built = build_documents(settings_in_force())
    yield built
    built.close()


@pytest.fixture(scope="session")
def reports() -> Iterator[Reports]:
    built = build_reports(settings_in_force())
    yield built
    built.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    if postgres_binaries() is None:
        assert "CI" not in os.environ, MISSING
        pytest.skip(MISSING)
    with running_postgres() as server:
        built = Postgres(server)
        yield built
        built.close()


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3]:
    with running_s3(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture(params=["folder", pytest.param("bucket", marks=pytest.mark.slow)])
def held(request: pytest.FixtureRequest, tmp_path: Path) -> Held:
    """An empty store of contents, once of each kind."""
    if request.param == "bucket":
        return in_bucket(request.getfixturevalue("s3"))
    return in_folder(tmp_path / "held")


@pytest.fixture(scope="session")
def prepared_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all tables, empty, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "docgen.db"
    built = Database(f"sqlite:///{path}")
    upgrade(built)
    built.close()
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.integration)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database with all tables, once of each kind."""
    if request.param == "postgresql":
        prepared: Postgres = request.getfixturevalue("postgres")
        return prepared.fresh()
    copy = tmp_path / "docgen.db"
    shutil.copy(request.getfixturevalue("prepared_sqlite"), copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database with all tables, once of each kind."""
    built = Database(database_url)
    yield built
    built.close()
