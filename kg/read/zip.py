"""Zip archives of articles: read in memory, nothing is ever unpacked to disk.

An archive may lie about its sizes and may hold one file many times over, so what is counted is
what was read.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from kg.errors import InputError
from kg.read.raw import MAX_ARTICLE_BYTES
from kg.read.source import Source, id_of, is_article

MAX_MEMBERS = 100_000
MAX_TOTAL_BYTES = 2_000_000_000
"""Read from one archive in all: two hundred thousand articles of 10 kB."""

MAX_MEMBER_BYTES = 100_000_000
"""Of a member that may hold many articles or pictures; it is held in memory."""

MAX_RATIO, RATIO_FROM = 100, 1_000_000
"""Times that a member larger than `RATIO_FROM` bytes may grow: articles grow four times, the same
sentence repeated for ever a thousand times."""

LARGE = (".jsonl", ".csv", ".rss", ".atom", ".pdf", ".docx", ".eml")


def members(source: Source) -> Iterator[Source | tuple[str, str]]:
    """The articles in an archive by name, each a source; or a place with what is wrong with it.

    Members are chosen as files in a folder are. Raises `InputError` when it is no archive that
    can be read, or holds no article, or is a bomb.
    """
    with source.open() as stream:
        try:
            archive = zipfile.ZipFile(stream if stream.seekable() else io.BytesIO(stream.read()))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise InputError(f"is no zip archive that can be read ({error})") from None
        with archive:
            refuse_bomb(archive)
            infos = sorted(archive.infolist(), key=lambda info: info.filename)
            found = [info for info in infos if not info.is_dir() and _is_article(info.filename)]
            if not found:
                raise InputError("holds no article in a format that newsgraph reads")
            left = MAX_TOTAL_BYTES
            for info in found:
                place = f"{source.place}, {info.filename}"
                try:
                    member = _member(archive, info, source, left=left)
                except InputError as error:
                    yield place, str(error)
                else:
                    left -= len(member.content or b"")
                    yield replace(member, place=place)


def refuse_bomb(archive: zipfile.ZipFile) -> None:
    """Raises `InputError` for an archive that says itself that it would grow beyond all bounds."""
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise InputError(f"holds {len(infos)} files; split it into archives of {MAX_MEMBERS}")
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if total > MAX_TOTAL_BYTES or (total > RATIO_FROM and total > MAX_RATIO * max(packed, 1)):
        raise InputError(
            f"would grow from {packed:,} to {total:,} bytes, as no archive of articles does; "
            "unpack it yourself if you trust it"
        )


def _is_article(name: str) -> bool:
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part != ".."]
    return parts[:1] != ["__MACOSX"] and is_article(PurePosixPath(*parts))


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: Source, *, left: int
) -> Source:
    """One member, read. Raises `InputError` when it is not to be trusted or broken."""
    path = PurePosixPath(info.filename.replace("\\", "/"))
    suffix = path.suffix.lower()
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        raise InputError("has a path that leads out of the archive, so it was not read")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise InputError("is a symbolic link, which is not followed out of an archive")
    if suffix == ".zip":
        raise InputError("is an archive in an archive; unpack the outer one")
    if info.flag_bits & 0x1:
        raise InputError("is encrypted; unpack the archive with its password")
    limit = MAX_MEMBER_BYTES if suffix in LARGE else MAX_ARTICLE_BYTES
    data = _read(archive, info, min(limit, left))
    name = path.with_suffix("").as_posix()
    return Source(
        place="", id=id_of(f"{source.id}/{name}".lstrip("/")), suffix=suffix, content=data
    )


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    try:
        with archive.open(info) as stream:
            data = stream.read(limit + 1)
    except (
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
        OSError,
    ) as error:  # fmt: skip
        raise InputError(f"is broken or packed in an unknown way ({error})") from None
    if len(data) > limit:
        raise InputError(
            f"is larger than {limit // 1_000_000} MB, or the archive is larger than "
            f"{MAX_TOTAL_BYTES // 1_000_000} MB in all; unpack it"
        )
    if len(data) > RATIO_FROM and len(data) > MAX_RATIO * max(info.compress_size, 1):
        raise InputError(f"grew {MAX_RATIO} times when read, as no article does")
    return data
