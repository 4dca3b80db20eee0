"""What each figure of the reports means, as it is printed beside it; one definition each."""

from __future__ import annotations

from dataclasses import dataclass

SITTING = 60  # minutes; whoever took longer did something else in between


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its definition, as it is printed beside it."""

    code: str
    name: str
    definition: str


# Every rate of a month divides by the same number.
OWING = Figure(
    "owing",
    "Phải báo cáo",
    "Số đơn vị có nghĩa vụ báo cáo trong tháng: có chế độ báo cáo trùm lên ít nhất một ngày của "
    "tháng, kể cả đơn vị giải thể giữa tháng, trừ đơn vị được miễn tháng đó. Chế độ được ghi theo "
    "ngày, nên tỷ lệ của tháng cũ không đổi khi về sau chi bộ sáp nhập hay thôi báo cáo.",
)
RECEIVED = Figure(
    "received",
    "Đã nhận",
    "Tỷ lệ nộp = số đơn vị có báo cáo đang chờ xem hoặc đã tiếp nhận / số đơn vị có nghĩa vụ báo "
    "cáo trong tháng. Báo cáo đang trả lại để sửa chưa tính là đã nhận; báo cáo không phát sinh "
    "tính là đã nhận.",
)
ON_TIME = Figure(
    "on_time",
    "Đúng hạn",
    "Tỷ lệ đúng hạn = số đơn vị nộp lần đầu không muộn hơn hạn, kể cả gia hạn và ngày châm chước "
    "/ số đơn vị có nghĩa vụ báo cáo trong tháng. Báo cáo nộp đúng hạn rồi bị trả lại vẫn tính là "
    "đúng hạn. Nộp trong hạn phường cho lùi là đúng hạn, dù phường cho lùi sau lúc nộp.",
)
LATE = Figure(
    "late",
    "Nộp muộn",
    "Tỷ lệ nộp muộn = số đơn vị nộp lần đầu sau ngày cuối được tính đúng hạn / số đơn vị có nghĩa "
    "vụ báo cáo trong tháng. Đúng hạn, nộp muộn và chưa nộp lần nào cộng lại bằng số đơn vị có "
    "nghĩa vụ.",
)
MISSING = Figure(
    "missing",
    "Còn thiếu",
    "Số đơn vị có nghĩa vụ báo cáo trong tháng trừ số đã nhận: chưa nộp lần nào, hoặc đang bị trả "
    "lại để sửa.",
)
ZERO = Figure(
    "zero",
    "Không phát sinh",
    "Số đơn vị đã nhận báo cáo mà báo “tháng này không có hoạt động”, kèm lý do; đã nằm trong số "
    "đã nhận, nêu riêng để không lẫn với đơn vị có hoạt động.",
)
EXCUSED = Figure(
    "excused",
    "Phường cho lùi hạn",
    "Số đơn vị có nghĩa vụ được phường cho lùi hạn của tháng vì lý do không thuộc về đơn vị (bão, "
    "bầu cử…). Vẫn phải nộp, nên vẫn nằm trong số đơn vị có nghĩa vụ.",
)
EXEMPT = Figure(
    "exempt",
    "Được miễn",
    "Số đơn vị có chế độ báo cáo nhưng được phường miễn tháng này; đứng ngoài mọi tỷ lệ.",
)
TOTAL = Figure(
    "total",
    "Cộng",
    "Cộng số của các báo cáo đang chờ xem và đã tiếp nhận trong tháng. Chỉ tiêu “lấy số mới nhất” "
    "cộng số mới nhất của từng đơn vị, đơn vị đã sáp nhập thì theo đơn vị mới khi đơn vị mới có số; "
    "tỷ lệ tính lại từ tổng tử số và tổng mẫu số, không lấy "
    "trung bình. Ô để trống không tính là 0. Một việc mà nhiều đơn vị cùng kể, đã được ghép là một, "
    "thì chỉ cộng ở báo cáo ghi nhiều người dự nhất.",
)

MEDIAN = Figure(
    "median",
    "Mức giữa của phường",
    "Xếp số của các đơn vị trong phường theo thứ tự, mức giữa là số đứng chính giữa: một nửa số "
    "đơn vị có số lớn hơn hoặc bằng, một nửa có số nhỏ hơn hoặc bằng. Đơn vị để trống không tính.",
)

MINUTES = Figure(
    "minutes",
    "Phút cho một báo cáo",
    "Từ lúc báo cáo được lưu lần đầu đến lúc nộp lần đầu, lấy mức giữa của các báo cáo; một nửa số "
    f"báo cáo nhanh hơn hoặc bằng. Báo cáo viết dở qua nhiều lần thì tính tối đa {SITTING} phút. "
    "Báo cáo nộp mà không lưu lần nào trước đó không tính, vì không rõ bắt đầu lúc nào.",
)
SCREENS = Figure(
    "screens",
    "Trang cho một báo cáo",
    "Số trang mà người viết đã ghi vào, thêm một trang kiểm tra trước khi nộp; lấy mức giữa của "
    "các báo cáo được lưu trước khi nộp.",
)

OF_SPAN = Figure(
    "of_span",
    "Trong kỳ",
    "Cộng số của các báo cáo đã tiếp nhận có tháng nằm trong kỳ. Chỉ tiêu “lấy số mới nhất” lấy số "
    "của tháng mới nhất mà đơn vị có ghi, rồi cộng các đơn vị; đơn vị đã sáp nhập thì lấy số của "
    "đơn vị mới khi đơn vị mới đã có số. Tỷ lệ tính lại từ tổng tử số và tổng mẫu số; mẫu số bằng 0 "
    "thì không có tỷ lệ. Chỉ tiêu được thay bằng chỉ tiêu khác cùng đơn vị tính thì hai chỉ tiêu là "
    "một dòng. Ô để trống không tính là 0.",
)
OF_YEAR = Figure(
    "of_year",
    "Lũy kế năm",
    "Như số trong kỳ, tính từ tháng 1 của năm đến hết kỳ.",
)
SAME_SPAN = Figure(
    "same_span",
    "So với cùng kỳ",
    "Số trong kỳ trừ số của đúng kỳ ấy năm trước; phần trăm là phần tăng hay giảm so với năm trước, "
    "đối với tỷ lệ là điểm phần trăm. Năm trước không có số thì không so sánh.",
)
COMPLETE = Figure(
    "complete",
    "Đơn vị đã tổng hợp đủ",
    "Số đơn vị có mọi báo cáo phải gửi trong kỳ đã được tiếp nhận / số đơn vị phải gửi ít nhất một "
    "báo cáo trong kỳ. Đơn vị sáp nhập giữa kỳ phải gửi các tháng trước ngày sáp nhập, đơn vị mới "
    "phải gửi các tháng sau; tháng được miễn không tính.",
)
COVERED = Figure(
    "covered",
    "Nội dung đã thực hiện",
    "Số đơn vị có báo cáo đã tiếp nhận ghi là có thực hiện nội dung đó của kế hoạch trong kỳ.",
)

RATES = (RECEIVED, ON_TIME, LATE, MISSING, ZERO, EXCUSED, EXEMPT, OWING)
