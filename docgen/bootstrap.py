"""The one place that puts the parts together, from settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.errors import InputError
from docgen.i18n import _
from docgen.ondemand import on_demand
from docgen.settings import EXAMPLES, PROFILES, TEMPLATES, Settings, read_settings

if TYPE_CHECKING:
    from docgen import convert, regions
    from docgen.models import accounts as holders
    from docgen.services import (
        accounts,
        doctoring,
        jobs,
        kinds,
        monitoring,
        readiness,
        registry,
        reports,
        templates,
    )
    from docgen.services import documents as documenting
    from docgen.services import library as libraries
    from docgen.services import questionnaires as stages
    from docgen.services import showcase as showing
    from docgen.services import submissions as sent
    from docgen.store import broker
    from docgen.store import bucket as buckets
    from docgen.store import database as databases
    from docgen.store import files as filing
else:  # what only some commands need is read with the first of them
    convert = on_demand("docgen.convert")
    regions = on_demand("docgen.regions")
    holders = on_demand("docgen.models.accounts")
    accounts = on_demand("docgen.services.accounts")
    doctoring = on_demand("docgen.services.doctoring")
    documenting = on_demand("docgen.services.documents")
    libraries = on_demand("docgen.services.library")
    jobs = on_demand("docgen.services.jobs")
    kinds = on_demand("docgen.services.kinds")
    monitoring = on_demand("docgen.services.monitoring")
    readiness = on_demand("docgen.services.readiness")
    registry = on_demand("docgen.services.registry")
    reports = on_demand("docgen.services.reports")
    stages = on_demand("docgen.services.questionnaires")
    showing = on_demand("docgen.services.showcase")
    sent = on_demand("docgen.services.submissions")
    templates = on_demand("docgen.services.templates")
    broker = on_demand("docgen.store.broker")
    buckets = on_demand("docgen.store.bucket")
    databases = on_demand("docgen.store.database")
    filing = on_demand("docgen.store.files")


@dataclass(frozen=True, slots=True)
class Service:
    """Everything that pages, the API, workers and the commands of operation are doors to."""

    settings: Settings
    database: databases.Database
    files: filing.Contents
    documents: documenting.Documents
    reports: reports.Reports
    jobs: jobs.Jobs
    accounts: accounts.Accounts
    registry: registry.Registry
    monitoring: monitoring.Monitoring
    submissions: sent.Submissions
    library: libraries.Library

    def readiness(self) -> readiness.Readiness:
        """What looks at the parts of the service."""
        settings = self.settings
        return readiness.Readiness(
            self.database, self.files, self.jobs, settings.home, settings.canary_minutes
        )

    def close(self) -> None:
        """Ends LibreOffice, if it was needed, and lets go of the database."""
        self.documents.close()
        self.database.close()


def settings_in_force() -> Settings:
    """The settings of the environment; InputError names those that do not fit."""
    try:
        return read_settings()
    except ValueError as error:
        message = _("The settings do not fit: %(faults)s.") % {"faults": error}
        raise InputError(message, code="bad-setting") from error


def converter_opener(settings: Settings) -> Callable[[], convert.Converter]:
    """What starts LibreOffice when the first PDF is asked for."""
    return lambda: convert.make_converter(
        settings.convert_workers,
        limits=convert.Limits(seconds=settings.convert_timeout),
        soffice=settings.soffice,
        cache=settings.home / "pdf",
    )


def build_documents(settings: Settings) -> documenting.Documents:
    """The use cases of orders on this machine. Close it to end LibreOffice."""
    known = regions.load_regions(PROFILES, settings.plugins)
    return documenting.Documents(known, found_templates(settings), converter_opener(settings))


def found_templates(
    settings: Settings, uploaded: Callable[[str, str], Path | None] = lambda _region, _name: None
) -> templates.Templates:
    """The templates that ship with docgen, those of the folder of plugins, and uploaded ones."""
    further = (settings.plugins,) if settings.plugins else ()
    return templates.Templates(TEMPLATES, further, uploaded)


def build_reports(settings: Settings) -> reports.Reports:
    """The use cases of stage reports on this machine. Close it to end LibreOffice."""
    return reports.Reports(build_documents(settings), found_templates(settings))


def build_template_doctor(settings: Settings) -> doctoring.TemplateDoctor:
    """The use cases of templates on this machine."""
    known = regions.load_regions(PROFILES, settings.plugins)
    return doctoring.TemplateDoctor(known, found_templates(settings))


def kept_files(settings: Settings) -> filing.Contents:
    """Where contents are kept: in a bucket, a shared folder, or a folder of this machine."""
    if settings.files is None:
        return filing.Files(settings.home / "files")
    if settings.files.startswith("s3://"):
        return _bucket(settings.files)
    shared = Path(settings.files).expanduser()
    if not shared.is_dir():  # made here, it would take the place of a share that is not mounted
        message = _("DOCGEN_FILES names a folder that is not there: %(path)s.") % {"path": shared}
        raise InputError(message, code="bad-setting")
    return filing.Files(shared)


def _bucket(address: str) -> filing.Contents:
    try:
        return buckets.Bucket(address)
    except ModuleNotFoundError as error:
        message = _(
            "DOCGEN_FILES names a bucket, and %(name)s is not installed. "
            'Install it: pip install "docgen[cluster]"'
        )
        raise InputError(message % {"name": error.name}, code="bad-setting") from error


def build_service(settings: Settings) -> Service:
    """The service on these settings; its database must have its tables. Close it at the end."""
    database = databases.Database(settings.database)
    files = kept_files(settings)
    shelf = libraries.Shelf(database, files, settings.home / "library")
    known = regions.load_regions(PROFILES, settings.plugins, shelf.profile)
    found = found_templates(settings, shelf.template)
    documents = documenting.Documents(known, found, converter_opener(settings))
    stage_reports = reports.Reports(documents, found)
    doctor = doctoring.TemplateDoctor(known, found)
    kept = registry.Registry(database, documents, settings.home)
    asked = stages.Questionnaires(
        partial(kept.order_of, holders.Scope.of_service()), documents.regions
    )
    monitored = monitoring.Monitoring(database, stage_reports, asked)
    work = {
        "canary": kinds.canary_kind(documents.convert),
        "document-pdf": kinds.document_kind(files, kept),
        "stage-report": kinds.report_kind(files, monitored),
        "stage-letters": kinds.letters_kind(files, monitored),
    }
    send = broker.sender(settings.broker or "") if settings.engine == "celery" else _polled
    return Service(
        settings=settings,
        database=database,
        files=files,
        documents=documents,
        reports=stage_reports,
        jobs=jobs.Jobs(database, files, work, send),
        accounts=accounts.Accounts(database, documents.regions),
        registry=kept,
        monitoring=monitored,
        submissions=sent.Submissions(database, files, asked),
        library=libraries.Library(database, files, shelf, known, doctor, settings.home / "library"),
    )


def showcase(service: Service) -> showing.Showcase:
    """What fills an empty service to be looked at."""
    return showing.Showcase(
        service.documents,
        service.accounts,
        service.registry,
        service.monitoring,
        service.submissions,
        EXAMPLES,
    )


def _polled(_job_id: int) -> None:
    """Local workers look into the table by themselves."""
