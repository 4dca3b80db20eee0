"""A report as a short text for Zalo, and that text read back field by field.

For a phone on which nothing else works: the secretary copies the text into Zalo, the office
pastes it into the portal, where it becomes the draft. What people and Zalo do to a text on the
way must not matter: lost or added line ends, other spaces and quotation marks, letters and
marks apart, bullets, marks dropped from labels, greetings before and after.

The format. Every value follows a tag in square brackets; words between the tag and the first
colon are for the eye alone::

    [BC 2026-11-0012-9f3a] BÁO CÁO THÁNG 11/2026: Chi bộ Tổ dân phố số 12
    [N57] Tuyên truyền Chỉ thị số 03
    [S3] Buổi tuyên truyền: 2
    [V3] Buổi tuyên truyền: 12/11/2026 [a] Nói chuyện về hàng Việt [b] Nhà văn hóa [c] 45
    [D4] Đã xem lại, số này đúng: 4000
    [KQ] Kết quả: Đã làm tốt.[/]Bà con hưởng ứng.
    [KK] Khó khăn: …
    [KN] Kiến nghị: …
    [HET]

``BC`` month (2026-11), number of the unit, check sign. ``N`` and ``S`` carry the number of a
content and of an indicator (``S`` a count, ``T`` the whole that it is a share of, ``V`` a single
happening of it with title, place and attendance, ``D`` a number that was asked about and
affirmed). ``[/]`` is a line end and ``[[`` a bracket inside a value. Empty answers are left out;
a text that ends with ``[HET]`` is whole.

The check sign is the last 16 bits of the CRC-32 of everything between the tags ``BC`` and
``HET``, of which only the letters a-z (marks dropped, đ as d, small) and digits count.
"""

from reports.plain_text.back import Head, Understood, from_text, head_of
from reports.plain_text.out import as_text, outline
from reports.plain_text.words import MAX_PASTED

__all__ = ["MAX_PASTED", "Head", "Understood", "as_text", "from_text", "head_of", "outline"]
