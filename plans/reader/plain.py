"""Text typed without diacritics: read as far as it goes.

A letter with its marks and the same letter without are one character each, so the words that the
reader looks for get their marks for the reading, and every text that comes out loses them again:
what is shown is what stood in the file.
"""

import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from typing import Any

from plans.reader.reading import Paragraph, Question, Reading

MIN_LETTERS = 60
# In ordinary text more than a quarter of the letters carry marks; a form's fixed words alone
# ("ĐẢNG CỘNG SẢN VIỆT NAM", "Nơi nhận") around a plain text stay below this.
MARKED_SHARE = 0.08
PHRASES_TEXT = """
kế hoạch liên tịch; kế hoạch; quyết định; chỉ thị; nghị quyết; kết luận; thông báo; hướng dẫn;
công văn; báo cáo; chương trình; nghị định; thông tư; luật; quy định; căn cứ; thực hiện; theo;
trên cơ sở; triển khai; để; nhằm; của; về; ban hành; xây dựng; như sau; nơi nhận; lưu; kính gửi;
đề nghị; yêu cầu; giao; trên đây là; trước; chậm nhất; hoàn thành; thời hạn; hạn; hằng; hàng
tháng; hàng quý; hàng năm; thường xuyên; quý; tháng; ngày; giờ; tổ chức; chỉ đạo; phối hợp; chủ
trì; tham mưu; theo dõi; đôn đốc; vận động; tuyên truyền; kiểm tra; bố trí; tăng cường; hướng
dẫn; phân công; phụ trách; trách nhiệm; mục đích; mục tiêu; chỉ tiêu; nội dung; nhiệm vụ; giải
pháp; hình thức; kinh phí; đảng bộ; đảng ủy; đảng viên; chi bộ; chi ủy; chi hội; chi đoàn; cấp
ủy; thường trực; thường vụ; thành ủy; tỉnh ủy; ủy ban; hội đồng; mặt trận; ban chỉ đạo; phòng;
văn phòng; trường; trung tâm; trạm; công an; quân sự; hội; đoàn; công đoàn; tổ dân phố; tổ đảng;
tổ trưởng; đồng chí; đ/c; các; phường; xã; thành phố; đại hội; toàn thể; giáo viên; bí thư; phó
bí thư; chủ tịch; phó chủ tịch; giám đốc; hiệu trưởng; trưởng ban; phó; chánh văn phòng; đã ký;
phụ lục; đề cương; biểu; danh sách; cộng sản; đảng cộng sản việt nam; cộng hòa xã hội chủ nghĩa
việt nam; độc lập; tự do
"""


def _bare(text: str) -> str:
    """``text`` letter for letter without marks."""
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in parts if not unicodedata.combining(c))


_ACCENTED = {_bare(p): p for line in PHRASES_TEXT.split(";") for p in [" ".join(line.split())]}
_PHRASE = re.compile(
    r"(?<!\w)(?:" + "|".join(sorted(map(re.escape, _ACCENTED), key=len, reverse=True)) + r")(?!\w)",
    re.I,
)
_YEAR = re.compile(r"(?<!\w)(n)(a)(m)(?=\s*(?:20\d\d|hoc\b))", re.I)
_NUMBER = re.compile(r"(?<!\w)(s)(o)(?=\s*:?\s*(?:\d|[-/.…]))", re.I)


def is_plain(paragraphs: tuple[Paragraph, ...]) -> bool:
    """Whether the text is Vietnamese whose marks were all left out."""
    text = " ".join(p.text for p in paragraphs)
    letters = [c for c in text if c.isalpha()]
    return (
        len(letters) > MIN_LETTERS
        and sum(not c.isascii() for c in letters) < MARKED_SHARE * len(letters)
        and re.search(r"(?<!\w)ke hoach(?!\w)", text, re.I) is not None
    )


def accented(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """The paragraphs with marks on the words that the reader knows."""
    return tuple(
        replace(p, text=_marked(p.text), cells=tuple(map(_marked, p.cells)) if p.cells else p.cells)
        for p in paragraphs
    )


def _marked(text: str) -> str:
    text = _PHRASE.sub(lambda m: _like(m[0], _ACCENTED[m[0].lower()]), text)
    text = _YEAR.sub(lambda m: _like(m[0], "năm"), text)
    return _NUMBER.sub(lambda m: _like(m[0], "số"), text)


def _like(source: str, accented_text: str) -> str:
    return "".join(
        b.upper() if a.isupper() else b for a, b in zip(source, accented_text, strict=True)
    )


def unmarked(reading: Reading, paragraphs: tuple[Paragraph, ...]) -> Reading:
    """The reading as the file is written, with a question that says so."""
    message = "Văn bản gõ không dấu nên chỉ đọc được phần chắc chắn; hãy xem lại từng mục."
    asked = (Question("text", message, None, None), *reading.questions)
    names = {f.name for f in fields(reading)} - {
        "questions", "places", "paragraphs", "document_type", "deadlines", "nodes",
    }  # fmt: skip
    changed = {name: _strip(getattr(reading, name)) for name in names}
    nodes = tuple(replace(n, heading=_bare(n.heading), text=_bare(n.text)) for n in reading.nodes)
    return replace(reading, **changed, nodes=nodes, questions=asked, paragraphs=paragraphs)


def _strip(value: Any) -> Any:
    if isinstance(value, str):
        return _bare(value)
    if isinstance(value, tuple):
        return tuple(_strip(entry) for entry in value)
    if is_dataclass(value) and not isinstance(value, type):
        kept = ("document_type", "role")
        return replace(
            value,
            **{f.name: _strip(getattr(value, f.name)) for f in fields(value) if f.name not in kept},
        )
    return value
