"""Uploads that stay in memory: of a file that is too large no more is kept than shows that it is."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class CappedUpload(FileUploadHandler):
    """Keeps the first `most` bytes of a file and counts the rest, so that nothing is written to a disk.

    Of a form with several files it keeps the first.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most
        self.has_one = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self.has_one:
            raise SkipFile
        super().new_file(*args, **kwargs)
        self.kept, self.room, self.has_one = BytesIO(), self.most, True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.kept.write(raw_data[: self.room])
        self.room -= min(self.room, len(raw_data))

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept,
            self.field_name,
            self.file_name or "",
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )
