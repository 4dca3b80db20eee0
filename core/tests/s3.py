"""A server with enough of S3 for one bucket, in a thread of the tests."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

BUCKET = "tep"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    objects: dict[str, bytes]

    @property
    def key(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix(f"/{BUCKET}").lstrip("/")

    def do_PUT(self) -> None:
        self.objects[self.key] = self._body()
        self._answer(200, b"", ETag=self._tag(self.key))

    def do_GET(self) -> None:
        if not self.key:
            self._list()
            return
        data = self.objects.get(self.key)
        if data is None:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
            return
        start = 0
        if asked := self.headers.get("Range"):
            first, _, last = asked.removeprefix("bytes=").partition("-")
            start = int(first)
            data = data[start : int(last) + 1 if last else None]
        self._answer(206 if asked else 200, data, ETag=self._tag(self.key))

    def do_HEAD(self) -> None:
        data = self.objects.get(self.key)
        if data is None:
            self._answer(404, b"")
        else:
            self._answer(200, b"", length=len(data), ETag=self._tag(self.key))

    def do_DELETE(self) -> None:
        self.objects.pop(self.key, None)
        self._answer(204, b"")

    def _list(self) -> None:
        asked = {name: one[0] for name, one in parse_qs(urlsplit(self.path).query).items()}
        prefix, cut = asked.get("prefix", ""), asked.get("delimiter", "")
        inside, folders = [], set()
        for key in sorted(self.objects):
            if not key.startswith(prefix):
                continue
            rest = key[len(prefix) :]
            if cut and cut in rest:
                folders.add(prefix + rest.split(cut)[0] + cut)
            else:
                inside.append(key)
        words = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(self.objects[key])}</Size>"
            "<LastModified>2026-03-20T00:00:00.000Z</LastModified></Contents>"
            for key in inside
        )
        words += "".join(
            f"<CommonPrefixes><Prefix>{escape(one)}</Prefix></CommonPrefixes>"
            for one in sorted(folders)
        )
        listing = f"<ListBucketResult><IsTruncated>false</IsTruncated>{words}</ListBucketResult>"
        self._answer(200, listing.encode())

    def _body(self) -> bytes:
        if "aws-chunked" not in self.headers.get("Content-Encoding", ""):
            return self.rfile.read(int(self.headers["Content-Length"]))
        data = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            data += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return data

    def _tag(self, key: str) -> str:
        return f'"{hashlib.md5(self.objects[key]).hexdigest()}"'

    def _answer(
        self, status: int, data: bytes, *, length: int | None = None, **headers: str
    ) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Last-Modified", "Fri, 20 Mar 2026 00:00:00 GMT")
        self.send_header("Content-Length", str(len(data) if length is None else length))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def s3() -> Iterator[tuple[str, dict[str, bytes]]]:
    """The address, and what lies in the bucket."""
    objects: dict[str, bytes] = {}
    handler = type("Handler", (_Handler,), {"objects": objects})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", objects
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
