"""What follows from the figures: what went well, what is wanting, what comes next (II and III)."""

from __future__ import annotations

from core.text import format_count, format_number
from reports.official.figures import Figures
from reports.official.pieces import Line, Piece, joined, line
from reports.official.sentences import CONTENT, MOST_CONTENTS, SPAN, TARGET, lower


def good(figures: Figures) -> list[Line]:
    """What came in and in time."""
    complete = figures.complete
    if not complete.reports or not complete.owed:
        return []
    percent = format_number(100 * complete.on_time / complete.owed, 1)
    return [
        line(
            "Chế độ báo cáo được duy trì: ",
            Piece(f"{complete.reports}/{complete.owed}", f"bao-cao.{SPAN}"),
            " báo cáo tháng đã gửi và được tiếp nhận; ",
            Piece(f"{complete.on_time}/{complete.owed}", f"dung-han.{SPAN}"),
            " báo cáo gửi đúng hạn, đạt ",
            Piece(f"{percent}%", f"dung-han.{SPAN}"),
            ".",
        )
    ]


def weak(figures: Figures) -> list[Line]:
    """Who is missing, what came late, which contents nobody carried out."""
    complete = figures.complete
    parts = []
    for count, key, words in (
        (len(complete.lacking), "chua-gui", " đơn vị chưa gửi đủ báo cáo"),
        (complete.late, "muon", " báo cáo gửi muộn"),
    ):
        if count:
            parts.append(line(Piece(format_count(count), f"{key}.{SPAN}"), words))
    found = [(Piece("Còn "), *joined(parts, "; "))] if parts else []
    none = [f"“{one.title.rstrip('.;, ')}”" for one in figures.contents if not one.unit_count]
    if none:
        count = Piece(format_count(len(none)), f"noi-dung.{SPAN}")
        found.append(
            line(
                count, f" nội dung theo kế hoạch chưa có đơn vị nào triển khai: {'; '.join(none)}."
            )
        )
    return found


def ahead(figures: Figures, basis: str) -> list[Line]:
    """What goes on; what nobody has begun, what few have; what is left of the year's plan; who
    is to be reminded. Everything follows from the figures but the plan that is named.
    """
    found = [line(f"Tiếp tục thực hiện {basis}.")] if basis else []
    none = [one.title.rstrip(".;, ") for one in figures.contents if not one.unit_count]
    found += [line(f"Tập trung triển khai nội dung “{title}”.") for title in none[:5]]
    found += [one for one in (_few(figures), _left_of_plan(figures)) if one]
    lacking = len(figures.complete.lacking)
    if lacking:
        count = Piece(format_count(lacking), f"chua-gui.{SPAN}")
        found.append(
            line("Đôn đốc ", count, " đơn vị chưa gửi đủ báo cáo; chấn chỉnh chế độ báo cáo.")
        )
    elif figures.complete.late:
        count = Piece(format_count(figures.complete.late), f"muon.{SPAN}")
        found.append(line("Chấn chỉnh chế độ báo cáo, khắc phục việc gửi muộn (", count, " lần)."))
    return found


def _few(figures: Figures) -> Line:
    """Contents that less than half of the units carried out, the rarest first."""
    units = figures.complete.units
    rare = [one for one in figures.contents if 0 < one.unit_count * 2 < units]
    named = [
        line(
            f"{lower(one.title.rstrip('.;, '))} (mới có ",
            Piece(f"{one.unit_count}/{units}", f"{CONTENT}{one.pk}.{SPAN}"),
            " đơn vị)",
        )
        for one in sorted(rare, key=lambda one: one.unit_count)[:MOST_CONTENTS]
    ]
    words = Piece("Mở rộng số đơn vị triển khai các nội dung còn ít đơn vị thực hiện: ")
    return (words, *joined(named, "; ")) if named else ()


def _left_of_plan(figures: Figures) -> Line:
    """What is still wanting of the year's plan, where the span that comes lies in that year."""
    span = figures.span
    if span.following.start.year != span.start.year:
        return ()
    parts = [
        line(
            f"{lower(one.name)} còn ",
            Piece(format_count(left), f"{one.code}.{TARGET}"),
            f" {one.unit}",
        )
        for one in figures.lines
        if one.of_target is not None and (left := (one.target or 0) - (one.of_year.value or 0)) > 0
    ]
    words = Piece(f"Phấn đấu hoàn thành kế hoạch năm {span.start.year}: ")
    return (words, *joined(parts, "; ")) if parts else ()
