"""Read a plan from a file: print the reading, or store it as a proposed plan."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any, NoReturn

from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from core.files import FileRefusedError, Kind, store_upload
from core.text import format_number
from plans import proposals
from plans.reader import NotAPlanError, Reading, UnreadableFileError, read_plan
from plans.reader.extract import MAX_BYTES
from units.models import Unit

REFUSED = 2


class Command(BaseCommand):
    help = "Đọc một kế hoạch (.docx, .doc, .pdf, .txt) và lưu thành bản chờ xác nhận."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="Tệp kế hoạch: .docx, .doc, .pdf, .txt.")
        parser.add_argument("--ward", metavar="CODE", help="Mã phường; để trống nếu chỉ có một.")
        parser.add_argument("--dry-run", action="store_true", help="Chỉ đọc, không lưu gì.")
        parser.add_argument("--json", action="store_true", help="In kết quả đọc dạng JSON.")

    def handle(self, *, file: str, ward: str | None, dry_run: bool, **options: Any) -> None:
        for stream in (self.stdout, self.stderr):
            out = getattr(stream, "_out", None)
            if isinstance(out, io.TextIOWrapper):
                out.reconfigure(encoding="utf-8")  # whatever the locale of the server
        path = Path(file)
        try:
            data = _read(path)
            # What is no plan is refused before the database is asked for anything.
            reading = read_plan(data, path.name)
            # Without a need for it no row is read: a dry run works in an empty database.
            owner = self._ward(ward) if ward or not dry_run else None
            if owner is not None:
                reading = read_plan(data, path.name, ward_name=owner.name)
            line = (
                "Chỉ đọc, chưa lưu."
                if owner is None or dry_run
                else _store(reading, owner, data, path.name)
            )
        except (NotAPlanError, UnreadableFileError, FileRefusedError) as error:
            self._refuse(str(error))
        except proposals.KnownPlanError as error:
            self._refuse(str(error))
        if options["json"]:
            self.stdout.write(json.dumps(reading.as_dict(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(_summary(reading))
            self.stdout.write(line)

    def _ward(self, code: str | None) -> Unit:
        wards = Unit.objects.wards()
        try:
            found = list((wards.filter(code=code) if code else wards)[:2])
        except DatabaseError:
            self._refuse("Cơ sở dữ liệu chưa sẵn sàng; hãy chạy “make run” hoặc “migrate” trước.")
        if len(found) != 1:
            self._refuse(
                f"Không có phường nào mang mã {code}."
                if code
                else "Hãy cho biết phường bằng --ward và mã của phường."
            )
        return found[0]

    def _refuse(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        raise SystemExit(REFUSED)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFileError(
                f"Tệp lớn hơn {format_number(MAX_BYTES // 1024**2)} MB;"
                " hãy bớt hình ảnh trong tệp rồi nạp lại."
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"Không mở được tệp “{path}”.") from error


def _store(reading: Reading, ward: Unit, data: bytes, name: str) -> str:
    """Store the proposed plan; the sentence that says what was done."""
    content = ContentFile(data, name=name)
    digest = proposals.digest(data)
    known = proposals.known_plan(ward, digest)
    if known is not None:
        return f"Tệp này đã được nạp từ trước: {known}, {known.get_status_display()}."
    stored = store_upload(content, kinds=[Kind.DOCUMENT], user=None)
    plan = proposals.propose(reading, ward=ward, stored_file=stored, user=None)
    return f"Đã lưu bản chờ xác nhận: {plan} của {ward}."


def _summary(reading: Reading) -> str:
    return (
        f"{reading.document_type} {reading.code or '(chưa có số)'}: {reading.subject}\n"
        f"{len(reading.legal_bases)} căn cứ, {len(reading.items('content'))} nội dung,"
        f" {sum(len(a.tasks) for a in reading.assignments)} nhiệm vụ,"
        f" {len(reading.questions)} chỗ cần xem lại."
    )
