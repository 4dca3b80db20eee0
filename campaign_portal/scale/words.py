"""Sentences of the generated reports. Templates only: nobody is named, nothing is claimed of a place."""

from __future__ import annotations

import random
from collections.abc import Mapping

from reports.models import ZeroReason

RESULTS = (
    "Lồng ghép tuyên truyền Cuộc vận động vào buổi sinh hoạt chi bộ thường kỳ.",
    "Chi bộ đã quán triệt nội dung kế hoạch đến toàn thể đảng viên và quần chúng.",
    "Đảng viên gương mẫu chọn mua hàng Việt Nam, vận động người thân cùng thực hiện.",
    "Hướng dẫn người dân cách xem nhãn, quét mã QR để biết nguồn gốc hàng hóa.",
    "Nhóm Zalo của đơn vị đăng tin hằng tuần về cách nhận biết hàng thật, hàng giả.",
    "Phối hợp với chi hội phụ nữ vận động các hộ kinh doanh niêm yết giá.",
    "Phát tờ rơi đến từng hộ, treo băng rôn ở cổng vào khu dân cư.",
    "Người dân hỏi nhiều về nơi bán sản phẩm OCOP và cách bảo quản.",
    "Ưu tiên hàng sản xuất trong nước khi mua sắm thường xuyên của đơn vị.",
    "Thông tin về quyền của người tiêu dùng và số tổng đài 1800.6838.",
)
SEASONAL = {
    1: "Vận động người dân chọn hàng Việt khi mua sắm Tết Nguyên đán.",
    2: "Vận động người dân chọn hàng Việt khi mua sắm Tết Nguyên đán.",
    3: "Hưởng ứng Ngày Quyền của người tiêu dùng Việt Nam 15/3.",
    7: "Hưởng ứng tháng khuyến mại, giới thiệu các điểm bán hàng Việt trên địa bàn.",
    9: "Vận động bình chọn hàng Việt Nam được người tiêu dùng yêu thích.",
    10: "Vận động bình chọn hàng Việt Nam được người tiêu dùng yêu thích.",
    11: "Tham gia Tuần hàng Việt và tháng khuyến mại cuối năm.",
}
DIFFICULTIES = (
    "Một số hộ kinh doanh nhỏ chưa niêm yết giá.",
    "Tài liệu tuyên truyền bản giấy còn thiếu.",
    "Người dân đi làm cả ngày nên buổi tối mới tổ chức được.",
    "Hàng không rõ nguồn gốc bán trên mạng xã hội còn nhiều.",
    "Loa truyền thanh của tổ dân phố hỏng, chưa sửa được.",
)
RECOMMENDATIONS = (
    "Đề nghị phường cấp thêm tờ rơi về truy xuất nguồn gốc.",
    "Đề nghị phường tổ chức phiên chợ hàng Việt tại khu dân cư.",
    "Đề nghị có lớp tập huấn ngắn cho cộng tác viên tuyên truyền.",
    "Đề nghị thông báo sớm lịch các sự kiện trong quý.",
)
ADDED = "Buổi tuyên truyền tổ chức tại nhà văn hóa, có ghi biên bản."
OTHER_REASON = "Đơn vị đang sửa chữa trụ sở, chưa tổ chức được."
ZERO_REASONS = (
    ZeroReason.NOT_PLANNED,
    ZeroReason.NOT_PLANNED,
    ZeroReason.TOGETHER,
    ZeroReason.OTHER_DUTY,
    ZeroReason.OTHER,
)
EXTENSIONS = (
    "Trùng thời gian nghỉ Tết Nguyên đán.",
    "Đơn vị tập trung chuẩn bị đại hội.",
    "Trùng kỳ thi và tổng kết năm học.",
    "Khu vực mất điện, mất mạng kéo dài.",
)
RETURNS = {
    "counts": "Số này cao hơn hẳn các tháng trước, đồng chí kiểm tra lại giúp.",
    "result": "Đồng chí ghi rõ buổi tuyên truyền tổ chức ở đâu.",
    "contents": "Đồng chí chọn những nội dung đã thực hiện trong tháng.",
    "zero": "Đồng chí ghi rõ hơn vì sao tháng này không có hoạt động.",
}
REOPENED = "Đơn vị báo nhầm số liệu, xin mở lại để sửa."
HELPER = "Phó Bí thư chi bộ (dữ liệu mô phỏng)"
# title, place, is a fair, months in which it may be held
EVENTS = (
    ("Phiên chợ hàng Việt", "Sân nhà văn hóa phường", True, (1, 4, 7, 11, 12)),
    ("Tuyên truyền Ngày Quyền của người tiêu dùng", "Hội trường Ủy ban nhân dân", False, (3,)),
    ("Hội nghị phổ biến cách nhận biết hàng giả", "Hội trường phường", False, (5, 8, 10)),
    ("Tuần hàng Việt Nam", "Công viên của phường", True, (7, 11)),
)
SESSIONS = (
    ("Tuyên truyền Cuộc vận động tại buổi sinh hoạt", "Phòng họp của đơn vị"),
    ("Họp dân giới thiệu sản phẩm OCOP", "Nhà văn hóa tổ dân phố"),
    ("Nói chuyện về quyền của người tiêu dùng", "Nhà văn hóa tổ dân phố"),
    ("Giới thiệu cách quét mã truy xuất nguồn gốc", "Hội trường của đơn vị"),
)


def result(rng: random.Random, month: int, counts: Mapping[str, int | None]) -> str:
    """One to three sentences; a number among them is that of the report."""
    sentences = rng.sample(RESULTS, rng.choice((1, 1, 2)))
    if month in SEASONAL and rng.random() < 0.5:
        sentences.insert(0, SEASONAL[month])
    shown = counts.get("products_introduced")
    if shown and rng.random() < 0.3:
        sentences.append(f"Đã giới thiệu {shown} sản phẩm Việt Nam đến người dân.")
    return " ".join(sentences)
