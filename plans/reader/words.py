"""The words that official plans are made of (DOMAIN §A, §D). Patterns take both tone placements."""

import re

from core.text import fold

DOCUMENT_TYPES = (
    "KẾ HOẠCH", "CÔNG VĂN", "BÁO CÁO", "QUYẾT ĐỊNH", "NGHỊ QUYẾT", "CHỈ THỊ", "THÔNG BÁO",
    "HƯỚNG DẪN", "CHƯƠNG TRÌNH", "TỜ TRÌNH", "KẾT LUẬN", "QUY CHẾ", "QUY ĐỊNH", "BIÊN BẢN", "LUẬT",
    "BỘ LUẬT", "NGHỊ ĐỊNH", "THÔNG TƯ", "THÔNG TRI", "GIẤY MỜI", "CÔNG ĐIỆN", "ĐỀ ÁN", "PHƯƠNG ÁN",
    "THƯ MỜI", "GIẤY GIỚI THIỆU", "THỂ LỆ", "ĐỀ CƯƠNG", "DANH SÁCH", "DỰ ÁN", "PHÁP LỆNH", "LỆNH",
    "HỢP ĐỒNG", "GIẤY ỦY QUYỀN", "THƯ NGỎ", "ĐƠN",
)  # fmt: skip
TYPES_BY_KEY = {fold(name): name for name in DOCUMENT_TYPES}

BASIS_TYPES = (
    "Thông báo Kết luận", "Chương trình công tác", "Chương trình hành động",
    "Chương trình phối hợp", "Kế hoạch liên tịch", "Kế hoạch phối hợp", "Nghị quyết liên tịch",
    "Thông tư liên tịch", "Hướng dẫn liên ngành", "Hướng dẫn liên tịch", "Thông báo", "Nghị quyết",
    "Quyết định", "Chỉ thị", "Kết luận", "Thông tri", "Thông tư", "Hướng dẫn", "Kế hoạch",
    "Chương trình", "Công văn", "Quy định", "Quy chế", "Nghị định", "Bộ luật", "Luật", "Pháp lệnh",
    "Hiến pháp", "Điều lệ", "Công điện", "Đề án", "Tờ trình", "Báo cáo", "Văn bản",
)  # fmt: skip
BASIS_BY_KEY = {fold(name): name for name in BASIS_TYPES}

_ORGAN = (
    r"đảng (?:bộ|ủy|uỷ)|chi (?:bộ|ủy|uỷ|hội|đoàn|cục|nhánh)|(?:ban )?thường (?:trực|vụ)|thành (?:ủy|uỷ|đoàn)"
    r"|tỉnh (?:ủy|uỷ|đoàn)|quận (?:ủy|uỷ|đoàn)|huyện (?:ủy|uỷ|đoàn)|thị (?:ủy|uỷ)"
    r"|(?:ủy|uỷ) ban|ubnd|ub\s?mttq|ubmttq(?:vn)?|ubkt|hđnd|hội đồng|mttq|mặt trận"
    r"|sở|bộ(?! phận)|ban(?! hành)|phòng(?! chống|, chống)|văn phòng|vpđu|trường|trung tâm|tt\.|trạm"
    r"|công an|quân sự|hội(?! nghị| thảo| chợ| thi| viên| nhập)|đoàn(?! viên| kết)|liên đoàn|liên minh"
    r"|công đoàn|cục|tổng cục|viện|bệnh viện|công ty|ngân hàng|hợp tác xã|cơ quan|đài|đội|nhà văn hóa"
    r"|(?-i:Tổ(?= [A-ZĐÀ-Ỹ]))"
    r"|tổ (?:\d|số|dân phố|đảng|chuyên môn|công nghệ|tuyên truyền|công tác|trưởng|bảo vệ)|tuyên giáo|khối"
)
ORGAN_START = re.compile(rf"(?:{_ORGAN})\b", re.I)

_PERSON = (
    r"đồng chí|các đồng chí|đ/c|các đ/c|ông|bà|bí thư|phó bí thư|chủ tịch|phó chủ tịch|lãnh đạo"
    r"|thủ trưởng|người đứng đầu|giám đốc|phó giám đốc|hiệu trưởng|phó hiệu trưởng|trưởng|phó trưởng"
    r"|chánh văn phòng|chủ nhiệm|tổng phụ trách|giáo viên|gvcn|gv|nhân viên|kế toán|thủ quỹ|cán bộ"
    r"|công chức|viên chức|đảng viên|chi (?:ủy|uỷ) viên|tổ trưởng|bộ phận|cấp (?:ủy|uỷ)|doanh nghiệp"
    r"|hộ kinh doanh|toàn thể|ban giám hiệu|bgh|từng|mỗi|ủy viên|uỷ viên|học sinh|phụ huynh|lực lượng"
    r"|đội ngũ|báo cáo viên|tuyên truyền viên|đoàn viên|hội viên|quân sự|dân quân|chính quyền"
    r"|đoàn thể|địa phương|đề nghị"
)
_MANY = (
    r"các (?:chi|đơn vị|ban|tổ|trường|phòng|cơ quan|đoàn|ngành|đồng chí|đ/c|đảng|hội|cấp|tổ chức"
    r"|doanh nghiệp|hộ|khu|địa phương|thành viên|lớp|giáo viên|bộ phận|khối|cá nhân|sở|xã|phường"
    r"|công ty|công đoàn|chính quyền|cán bộ|trưởng|đảng viên|hợp tác xã|cơ sở kinh doanh|tập thể)"
)
UNIT_START = re.compile(rf"(?:{_MANY}|{_PERSON}|{_ORGAN})(?!\w)", re.I)

# The verb that ends a unit's name when there is no colon. Lower case only: "Ban Tổ chức" stays.
VERB = re.compile(
    r"(?<!Tổng),?\s(?:sẽ |cần |phải |tiếp tục |chủ động |thường xuyên |tích cực |kịp thời )?"
    r"(?:chủ trì|phối hợp|chỉ đạo|tham mưu|căn cứ|có trách nhiệm|có nhiệm vụ|chịu trách nhiệm"
    r"|tổ chức(?! (?:chính trị|đảng|đoàn thể|cơ sở|xã hội|hội|thành viên|quần chúng|trực thuộc))"
    r"|xây dựng|hướng dẫn|theo dõi|triển khai|vận động|đẩy mạnh|tăng cường|báo cáo(?! viên)|bố trí"
    r"|thực hiện|kiểm tra|tuyên truyền(?! viên)"
    r"|phụ trách(?! (?:công tác|tuyên giáo|văn|khối|địa bàn|tổ|lĩnh vực))"
    r"|là cơ quan|là đơn vị|là đầu mối|đôn đốc|tổng hợp|phân công|lãnh đạo|ban hành|rà soát|cụ thể h(?:óa|oá)"
    r"|quán triệt|đưa|bảo đảm|đảm bảo|lồng ghép|thông báo|tiếp tục|chủ động|định kỳ|phát huy|tích cực"
    r"|gửi|giúp|chuẩn bị|cung cấp|đăng tải|viết|nghiêm túc|gương mẫu|làm|lập|quản lý|giám sát|phát động"
    r"|phổ biến|giới thiệu|trực tiếp|được giao|nắm bắt|nắm"
    r"|theo (?:chức năng|nhiệm vụ|lĩnh vực|phạm vi)|trên cơ sở"
    r"|hỗ trợ(?! (?:phát triển|nông dân|doanh nghiệp|việc làm))|tham gia|cử|huy động|cập nhật|khuyến khích"
    r"|biên soạn|sắp xếp|chịu|hoàn thành|tổng kết|sơ kết|nhận|phản ánh|kết nối|vận hành|trang trí|ký"
    r"|thẩm định|cấp|duy trì|đề xuất|tiếp nhận|giao|yêu cầu)(?!\w)"
)
ASKING = re.compile(r"^(?:đề nghị|giao(?: cho)?|yêu cầu|đối với|phân công)\s+(?=\S)", re.I)

ROLES = (
    ("implementation", r"to chuc,? (?:va )?thuc hien|to chuc trien khai|phan cong|trach nhiem"),
    ("purpose", r"muc dich|yeu cau"),
    ("target", r"muc tieu|chi tieu"),
    ("budget", r"kinh phi"),
    ("content", r"noi dung|nhiem vu|giai phap|hinh thuc"),
)
MAX_HEADING = 200


def role_of(heading: str) -> str:
    """The role of a section by the first telling word of its heading; "other" where none is."""
    key = fold(heading)[:MAX_HEADING]
    found = [
        (match.start(), -len(match.group()), role)
        for role, pattern in ROLES
        if (match := re.search(rf"(?:{pattern})\b", key))
    ]
    return min(found)[2] if found else "other"


STARTERS = re.compile(
    r"^(?:[-–+]\s*)?(?:Căn cứ|Thực hiện|Để|Xét|Nhằm|Trên cơ sở|Theo|Tiếp tục|Phát huy|Hưởng ứng"
    r"|Triển khai|Quán triệt|Thi hành|Chấp hành|Nay|Ngày|Trong)\b"
)
CLOSING = re.compile(
    r"^(?:Căn cứ (?:vào )?[Kk]ế hoạch này|Trên đây là|Trên đây|Yêu cầu|Đề nghị|Nhận được|Trong quá trình"
    r"|Kế hoạch này|Giao |Quá trình (?:tổ chức |triển khai )?thực hiện|Căn cứ (?:vào )?nội dung"
    r"|(?:Ban Thường vụ|Đảng (?:ủy|uỷ)|Chi bộ|Chi (?:ủy|uỷ)|(?:Ủy|Uỷ) ban|UBND"
    r"|Ban Thường trực|Nhà trường|Thường trực)"
    r"[^.;]{0,80}?(?:yêu cầu|đề nghị))"
)
