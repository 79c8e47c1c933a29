"""Extraction of many documents: one after the other, or spread over processes.

Each process holds one document at a time and is asked for nothing else, so memory does not grow
with their number, and one that dies (a crash of a native library, no memory left) costs the one
document it was reading. Whoever started them gone, they end by themselves.
"""

from __future__ import annotations

import signal
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from kg.errors import KGError
from kg.extract import Extractor, extractor
from kg.model import Document, Extraction

Result = tuple[Document, Extraction | str]
"""A document with what is found in it, or with what went wrong as one sentence."""


def extract_all(
    documents: Iterable[Document], *, name: str, jobs: int = 1
) -> Generator[Result, None, None]:
    """Each of `documents` with its result, by the extractor called `name`.

    In the order given for one job; with more, as they get done. Raises `ExtractorError` when the
    extractor cannot be loaded.
    """
    if jobs <= 1:
        tool = extractor(name)
        for document in documents:
            yield document, _extracted(tool, document)
    else:
        yield from _Pool(name, jobs).results(documents)


def _extracted(tool: Extractor, document: Document) -> Extraction | str:
    try:
        return tool.extract(document)
    except KGError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault in one article must not cost the others
        return (
            f"made the extractor fail ({type(error).__name__}: {error}); it was left out, please "
            "report this with the article"
        )


@dataclass
class _Worker:
    """A process that extracts, the way to talk to it, and what it is reading."""

    process: BaseProcess
    connection: Connection
    document: Document | None = None

    def end(self) -> None:
        """Ends the process, whatever it is doing."""
        self.connection.close()
        self.process.terminate()
        self.process.join()


class _Pool:
    """Processes that extract; each is given a document whenever it has none."""

    def __init__(self, name: str, jobs: int) -> None:
        self.name = name
        self.jobs = jobs
        self.workers: list[_Worker] = []

    def results(self, documents: Iterable[Document]) -> Iterator[Result]:
        left = iter(documents)
        upcoming = next(left, None)
        try:
            while upcoming or any(worker.document for worker in self.workers):
                # Processes take seconds to get ready: no more of them than there are documents.
                while upcoming and len(self.workers) < self.jobs:
                    self.workers.append(self._started(upcoming))
                    upcoming = next(left, None)
                busy = [worker.connection for worker in self.workers if worker.document]
                for connection in wait(busy):
                    worker = next(w for w in self.workers if w.connection is connection)
                    yield self._result(worker)
                    if worker in self.workers and upcoming:
                        self._give(worker, upcoming)
                        upcoming = next(left, None)
        finally:
            for worker in self.workers:
                worker.end()

    def _started(self, document: Document) -> _Worker:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self.name), daemon=True)
        process.start()
        theirs.close()  # so that ours ends when the process does
        worker = _Worker(process, ours)
        self._give(worker, document)
        return worker

    def _give(self, worker: _Worker, document: Document) -> None:
        worker.document = document
        try:
            worker.connection.send(document)
        except OSError:
            return  # it is dead, which `_result` is about to find out

    def _result(self, worker: _Worker) -> Result:
        document, worker.document = worker.document, None
        assert document is not None  # noqa: S101 - only the busy are waited for
        try:
            answer = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join()
            self.workers.remove(worker)
            worker.end()
            return document, (
                f"was left out: the process that read it died ({_cause(worker.process)}); build "
                "again with fewer --jobs, or without this article"
            )
        if isinstance(answer, KGError):
            raise answer
        return document, answer


def _cause(process: BaseProcess) -> str:
    code = process.exitcode or 0
    if code == -signal.SIGKILL:
        return "killed, as the system does when memory runs out"
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _work(connection: Connection, name: str) -> None:
    """What a process does: loads the extractor, then answers documents until nobody asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; who started us ends us
    tool: Extractor | None = None
    while True:
        try:
            document = connection.recv()
        except EOFError:
            return
        try:
            tool = tool or extractor(name)
            answer: Extraction | str | KGError = _extracted(tool, document)
        except KGError as error:
            answer = error
        try:
            connection.send(answer)
        except OSError:
            return
