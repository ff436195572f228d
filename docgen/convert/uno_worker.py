"""Drives one LibreOffice over a named pipe: a JSON line in, a JSON line out.

Runs under the Python that has `uno` (3.9 or later), knows nothing of docgen:

    python3 -I uno_worker.py PIPE_NAME SOFFICE ARGUMENT...

Starts LibreOffice in its own process group and says {"ready": true, "office": PID}. Then each
request {"task", "source", "target", "pdfa", "title", "language"} is answered by {"ok": true} or
{"error": CODE}; the task is "pdf" or "positions", a JSON list of where things stand. When LibreOffice dies, or stdin closes, the whole group goes at once.
"""

import ctypes
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException, Locale
from com.sun.star.uno import Exception as UnoException

START_SECONDS = 60
RESTART_WANTED = 81  # LibreOffice asks to be started again after setting a profile up
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)
LIBC = ctypes.CDLL(None)


def read_requests(requests):
    """Queues each line of stdin; the end of stdin means that nobody waits any more."""
    for line in sys.stdin:
        requests.put(json.loads(line))
    os.killpg(0, signal.SIGKILL)


def answer(**fields):
    """Says one line to the supervisor."""
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


def start_office(command):
    """The running LibreOffice, which must not hold our stdin and stdout open.

    To be called in the main thread: LibreOffice dies with the thread that started it.
    """
    worker = os.getpid()

    def die_with_worker():
        LIBC.prctl(DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != worker:
            os._exit(1)

    office = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        preexec_fn=die_with_worker,
    )
    threading.Thread(target=die_with_office, args=(office,), daemon=True).start()
    return office


def die_with_office(office):
    """Ends the group once LibreOffice is gone: a call to it may then wait for ever."""
    if office.wait() != RESTART_WANTED:
        sys.stderr.write("LibreOffice ended with %d\n" % office.returncode)
        sys.stderr.flush()
        os.killpg(0, signal.SIGKILL)


def connect(pipe, command):
    """The desktop of a LibreOffice started with `command`, and its process."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    office = start_office(command)
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        try:
            context = resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
            manager = context.ServiceManager
            return manager.createInstanceWithContext("com.sun.star.frame.Desktop", context), office
        except NoConnectException:
            if office.poll() == RESTART_WANTED:
                office = start_office(command)
            time.sleep(0.01)
    raise SystemExit("LibreOffice did not start")


def properties(**values):
    """UNO property values out of keyword arguments."""
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def load(desktop, source):
    """The opened document, or None; nothing but DOCX, no macros, no links."""
    return desktop.loadComponentFromURL(
        uno.systemPathToFileUrl(source),
        "_blank",
        0,
        properties(
            FilterName="MS Word 2007 XML",
            Hidden=True,
            ReadOnly=True,
            Silent=True,
            MacroExecutionMode=0,
            UpdateDocMode=0,
        ),
    )


def describe(document, title, language):
    """Sets the title and language that the PDF will carry."""
    if title is not None:
        document.DocumentProperties.Title = title
    tongue, _, country = language.partition("-")
    defaults = document.createInstance("com.sun.star.text.Defaults")
    if (defaults.CharLocale.Language, defaults.CharLocale.Country) != (tongue, country):
        defaults.CharLocale = Locale(tongue, country, "")


def store(document, target, pdfa):
    """Writes the PDF: tagged, with bookmarks, PDF/A-2b when asked."""
    data = properties(
        UseTaggedPDF=True,
        SelectPdfVersion=2 if pdfa else 0,
        ExportBookmarks=True,
        DisplayPDFDocumentTitle=True,
        ReduceImageResolution=False,
        Quality=90,
    )
    wrapped = uno.Any("[]com.sun.star.beans.PropertyValue", data)
    document.storeToURL(
        uno.systemPathToFileUrl(target),
        properties(FilterName="writer_pdf_Export", FilterData=wrapped),
    )


def positions(document):
    """The height in the whole document, in 1/100 mm, of each paragraph and table row."""
    cursor = document.CurrentController.getViewCursor()

    def height(place):
        cursor.gotoRange(place.getStart(), False)
        return cursor.getPosition().Y

    found = []
    parts = document.Text.createEnumeration()
    while parts.hasMoreElements():
        part = parts.nextElement()
        if part.supportsService("com.sun.star.text.TextTable"):
            rows = range(part.Rows.Count)
            found.append([height(part.getCellByPosition(0, row)) for row in rows])
        else:
            found.append([height(part)])
    return found


def produce(document, request):
    """Writes what the request asks for."""
    if request["task"] == "positions":
        with open(request["target"], "w") as target:
            json.dump(positions(document), target)
    else:
        describe(document, request["title"], request["language"])
        store(document, request["target"], request["pdfa"])


def blamed(desktop, code):
    """The code, once LibreOffice has answered: a dying one must not put the blame on a document.

    Raises UnoException where it no longer answers.
    """
    desktop.getImplementationName()
    return code


def convert(desktop, request):
    """The code of what went wrong, or None when the PDF is written."""
    try:
        document = load(desktop, request["source"])
    except DisposedException:
        raise
    except UnoException:
        document = None
    if document is None:
        return blamed(desktop, "document-unreadable")
    try:
        produce(document, request)
    except DisposedException:
        raise
    except UnoException:
        return blamed(desktop, "document-refused")
    finally:
        document.close(False)
    return None


def serve(pipe, command):
    """Answers requests until LibreOffice or the supervisor is gone."""
    requests = queue.Queue()
    threading.Thread(target=read_requests, args=(requests,), daemon=True).start()
    desktop, office = connect(pipe, command)
    answer(ready=True, office=office.pid)
    while True:
        error = convert(desktop, requests.get())
        if error is None:
            answer(ok=True)
        else:
            answer(error=error)


if __name__ == "__main__":
    try:
        serve(sys.argv[1], sys.argv[2:])
    except (UnoException, RuntimeError, SystemExit) as reason:
        sys.stderr.write("%s\n" % reason)
    finally:
        sys.stderr.flush()
        os.killpg(0, signal.SIGKILL)
