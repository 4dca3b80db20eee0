"""What comes in is counted while it comes in, before it fills the disk."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from core.storage import temp_folder

MEGABYTE = 1024 * 1024
# Above what any form takes, so that its own sentence, with the form kept, is what people meet.
MAX_FILE = 32 * MEGABYTE
MAX_REQUEST = 200 * MEGABYTE  # ten photos as a telephone makes them, without a script


class LimitedUploadHandler(FileUploadHandler):
    """Stands before Django's own handlers; raises ``RequestDataTooBig``, which answers 413.

    What is too large is still read to its end, and dropped: a connection that breaks off in the
    middle would show the browser's error and not our sentence. A request that says beforehand
    that it is hopeless, or goes on without end, is cut off.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  Django's name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        self.received = 0
        self.is_too_large = False
        if content_length > MAX_REQUEST:
            raise RequestDataTooBig("The files of one request are too large.")
        temp_folder()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received_of_file = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received += len(raw_data)
        self.received_of_file += len(raw_data)
        self.is_too_large |= self.received_of_file > MAX_FILE
        if self.received > MAX_REQUEST:
            raise RequestDataTooBig("The files of one request are too large.")
        return None if self.is_too_large else raw_data

    def file_complete(self, file_size: int) -> None:
        return None

    def upload_complete(self) -> None:
        if self.is_too_large:
            raise RequestDataTooBig("A file is too large.")
