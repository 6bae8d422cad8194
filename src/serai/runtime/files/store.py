"""Where files lie: a folder, or a bucket that speaks S3."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from serai.kernel.errors import NotFound, SetupError, Unavailable

S3 = "s3://"


class Files:
    """Bytes by key. Nothing is opened before the first use; each call stands alone and may be repeated."""

    def __init__(self, place: str, options: Mapping[str, str] | None = None) -> None:
        """`place` is a folder's whole path, or `s3://bucket/prefix` with obstore's `options`."""
        if not (Path(place).is_absolute() or place.removeprefix(S3) not in {"", place}):
            raise SetupError(f"SERAI_FILES must be a folder's whole path, or begin with {S3}")
        self._place, self._options = place, dict(options or {})

    @cached_property
    def _store(self) -> Any:
        from obstore.store import LocalStore, S3Store  # noqa: PLC0415  # only who handles files loads it

        if not self._place.startswith(S3):
            folder = Path(self._place)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return LocalStore(folder, automatic_cleanup=True)
        given: Any = self._options
        plain = self._options.get("endpoint", "").startswith("http://")
        return S3Store.from_url(self._place, **given, client_options={"allow_http": plain, "timeout": "20s"})

    async def put(self, key: str, body: bytes) -> None:
        """Keep it; what was there is replaced."""
        from obstore import put_async  # noqa: PLC0415  # as above

        with _told():
            await put_async(self._store, key, body)

    async def get(self, key: str) -> bytes:
        """What was kept, or NotFound."""
        from obstore import get_async  # noqa: PLC0415  # as above

        with _told():
            found = await get_async(self._store, key)
            return bytes(await found.bytes_async())

    async def remove(self, key: str) -> None:
        """Forget it; what is not there is no error."""
        from obstore import delete_async  # noqa: PLC0415  # as above

        try:
            with _told():
                await delete_async(self._store, key)
        except NotFound:
            return


class _told:  # noqa: N801  # a context manager that reads as a word
    def __enter__(self) -> None:
        """Nothing to do."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        """The store's errors in our words."""
        from obstore.exceptions import BaseError  # noqa: PLC0415  # as above

        if isinstance(error, FileNotFoundError):
            raise NotFound("This file is not there any more.") from error
        if isinstance(error, BaseError | OSError):
            raise Unavailable("The place where files are kept does not answer; try again.") from error
