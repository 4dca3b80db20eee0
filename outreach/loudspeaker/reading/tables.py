"""What is said for what is written, where no rule can know it. The ward adds its own in front."""

from __future__ import annotations

LETTERS = {
    "A": "a", "Ă": "á", "Â": "ớ", "B": "bê", "C": "xê", "D": "dê", "Đ": "đê", "E": "e", "Ê": "ê",
    "F": "ép", "G": "giê", "H": "hát", "I": "i", "J": "gi", "K": "ca", "L": "e-lờ", "M": "em",
    "N": "en", "O": "o", "Ô": "ô", "Ơ": "ơ", "P": "pê", "Q": "quy", "R": "e-rờ", "S": "ét",
    "T": "tê", "U": "u", "Ư": "ư", "V": "vê", "W": "vê kép", "X": "ích", "Y": "i dài", "Z": "dét",
}  # fmt: skip

# Whole words; longer ones are tried first, so that "MTTQ VN" stands before "MTTQ".
ABBREVIATIONS = {
    # The Party, the state, the Front and its members
    "ĐU": "Đảng ủy", "TU": "Thành ủy", "QU": "Quận ủy", "HU": "Huyện ủy", "TW": "Trung ương",
    "T.Ư": "Trung ương", "TƯ": "Trung ương", "BCT": "Bộ Chính trị", "BBT": "Ban Bí thư",
    "BCH": "Ban Chấp hành", "BTV": "Ban Thường vụ", "BTT": "Ban Thường trực",
    "UBKT": "Ủy ban Kiểm tra", "VPĐU": "Văn phòng Đảng ủy", "BTG": "Ban Tuyên giáo",
    "BTGTW": "Ban Tuyên giáo Trung ương", "BTGDV": "Ban Tuyên giáo và Dân vận",
    "XDĐ": "Xây dựng Đảng", "VPTW": "Văn phòng Trung ương", "ĐCSVN": "Đảng Cộng sản Việt Nam",
    "CHXHCN": "Cộng hòa xã hội chủ nghĩa", "XHCN": "xã hội chủ nghĩa",
    "ĐCT": "Đoàn Chủ tịch", "UB": "Ủy ban", "UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân",
    "UBMTTQ": "Ủy ban Mặt trận Tổ quốc",
    "MTTQVN": "Mặt trận Tổ quốc Việt Nam", "MTTQ VN": "Mặt trận Tổ quốc Việt Nam",
    "MTTQ": "Mặt trận Tổ quốc", "CTMT": "Công tác Mặt trận", "BCTMT": "Ban Công tác Mặt trận",
    "TTND": "Thanh tra nhân dân", "CT-XH": "chính trị xã hội", "CTXH": "chính trị xã hội",
    "LĐLĐ": "Liên đoàn Lao động", "CĐCS": "công đoàn cơ sở", "LHPN": "Liên hiệp Phụ nữ",
    "HPN": "Hội Phụ nữ", "HLHPN": "Hội Liên hiệp Phụ nữ", "CCB": "Cựu chiến binh",
    "HCCB": "Hội Cựu chiến binh", "HND": "Hội Nông dân", "NCT": "người cao tuổi",
    "CTĐ": "Chữ thập đỏ", "ĐTN": "Đoàn Thanh niên", "ĐVTN": "đoàn viên thanh niên",
    "TNCS": "Thanh niên Cộng sản", "TNCSHCM": "Thanh niên Cộng sản Hồ Chí Minh",
    "TNTP": "Thiếu niên Tiền phong", "BCĐ": "Ban Chỉ đạo", "BTC": "Ban Tổ chức",
    "CVĐ": "Cuộc vận động", "TDĐKXDĐSVH": "Toàn dân đoàn kết xây dựng đời sống văn hóa",
    "PCT": "Phó Chủ tịch", "PBT": "Phó Bí thư", "CBCC": "cán bộ, công chức",
    "CBCCVC": "cán bộ, công chức, viên chức", "CCVC": "công chức, viên chức",
    "CBĐV": "cán bộ, đảng viên", "ĐV": "đảng viên", "CB": "cán bộ", "CNVC": "công nhân, viên chức",
    "CNVCLĐ": "công nhân, viên chức, lao động", "NLĐ": "người lao động",
    "TTV": "tuyên truyền viên",
    "BCV": "báo cáo viên", "TTg": "Thủ tướng", "CP": "Chính phủ",
    # Places
    "TDP": "tổ dân phố", "KDC": "khu dân cư", "KĐT": "khu đô thị", "KCN": "khu công nghiệp",
    "TTTM": "trung tâm thương mại", "TP.HCM": "Thành phố Hồ Chí Minh",
    "TP HCM": "Thành phố Hồ Chí Minh",
    "TP. HCM": "Thành phố Hồ Chí Minh", "TPHCM": "Thành phố Hồ Chí Minh",
    "TP.HN": "Thành phố Hà Nội",
    "HCM": "Hồ Chí Minh", "HN": "Hà Nội", "VN": "Việt Nam", "TP": "thành phố", "TX": "thị xã",
    "NVH": "nhà văn hóa", "TTVH": "Trung tâm Văn hóa", "TDTT": "thể dục thể thao", "QL": "quốc lộ",
    "VHXH": "Văn hóa Xã hội", "VH-XH": "Văn hóa Xã hội", "VHTT": "Văn hóa Thông tin",
    "TTĐT": "thông tin điện tử", "CA": "công an", "CAP": "công an phường",
    "CSGT": "cảnh sát giao thông",
    # Work
    "KT-XH": "kinh tế xã hội", "KTXH": "kinh tế xã hội", "QP-AN": "quốc phòng an ninh",
    "AN-QP": "an ninh quốc phòng", "QPAN": "quốc phòng an ninh", "ANTT": "an ninh trật tự",
    "ANCT": "an ninh chính trị", "TTATXH": "trật tự an toàn xã hội",
    "TTĐT-XD": "trật tự đô thị xây dựng",
    "TTATGT": "trật tự an toàn giao thông", "ATGT": "an toàn giao thông",
    "PCCC": "phòng cháy, chữa cháy",
    "CNCH": "cứu nạn, cứu hộ", "ATTP": "an toàn thực phẩm", "VSATTP": "vệ sinh an toàn thực phẩm",
    "ATVSTP": "an toàn vệ sinh thực phẩm", "VSMT": "vệ sinh môi trường",
    "BVMT": "bảo vệ môi trường",
    "GPMB": "giải phóng mặt bằng", "TTHC": "thủ tục hành chính", "CCHC": "cải cách hành chính",
    "DVC": "dịch vụ công", "DVCTT": "dịch vụ công trực tuyến", "CNTT": "công nghệ thông tin",
    "CĐS": "chuyển đổi số", "BHYT": "bảo hiểm y tế", "BHXH": "bảo hiểm xã hội",
    "BHTN": "bảo hiểm thất nghiệp",
    "KCB": "khám bệnh, chữa bệnh", "DS-KHHGĐ": "dân số kế hoạch hóa gia đình",
    "NTM": "nông thôn mới", "CCCD": "căn cước công dân", "CMND": "chứng minh nhân dân",
    "NVQS": "nghĩa vụ quân sự", "THCS": "trung học cơ sở", "THPT": "trung học phổ thông",
    "GDĐT": "Giáo dục và Đào tạo", "GD&ĐT": "Giáo dục và Đào tạo", "GD-ĐT": "giáo dục đào tạo",
    "HSSV": "học sinh, sinh viên", "SV": "sinh viên", "GV": "giáo viên",
    "GĐVH": "gia đình văn hóa",
    "VPHC": "vi phạm hành chính", "QLTT": "quản lý thị trường", "SHTT": "sở hữu trí tuệ",
    "VHVN": "văn hóa, văn nghệ", "PNVN": "Phụ nữ Việt Nam", "TTXVN": "Thông tấn xã Việt Nam",
    # Goods and trade
    "DN": "doanh nghiệp", "DNNVV": "doanh nghiệp nhỏ và vừa", "HTX": "hợp tác xã",
    "HKD": "hộ kinh doanh", "SXKD": "sản xuất, kinh doanh", "SX": "sản xuất", "KD": "kinh doanh",
    "SP": "sản phẩm", "NTD": "người tiêu dùng", "BVQLNTD": "bảo vệ quyền lợi người tiêu dùng",
    "HVN": "hàng Việt Nam", "HVNCLC": "hàng Việt Nam chất lượng cao", "CLC": "chất lượng cao",
    "TMĐT": "thương mại điện tử", "TNHH": "trách nhiệm hữu hạn", "CTCP": "công ty cổ phần",
    "NSNN": "ngân sách nhà nước", "GTGT": "giá trị gia tăng", "TNCN": "thu nhập cá nhân",
    "NSX": "ngày sản xuất", "HSD": "hạn sử dụng", "ĐKKD": "đăng ký kinh doanh", "KM": "khuyến mại",
    "TCVN": "tiêu chuẩn Việt Nam", "QCVN": "quy chuẩn Việt Nam", "XK": "xuất khẩu",
    "NK": "nhập khẩu",
    "XNK": "xuất nhập khẩu", "NHNN": "Ngân hàng Nhà nước", "KHCN": "khoa học công nghệ",
    # Said as words or by the letters of another tongue
    "OCOP": "ô-cốp", "VietGAP": "việt gáp", "VietGap": "việt gáp", "GlobalGAP": "gờ-lô-bồ gáp",
    "ASEAN": "a-xê-an", "UNESCO": "u-nét-cô", "UNICEF": "u-ni-xép", "COVID-19": "cô-vít mười chín",
    "Covid-19": "cô-vít mười chín", "COVID": "cô-vít", "GDP": "gi-đi-pi", "CPI": "xi-pi-ai",
    "FDI": "ép-đi-ai", "EU": "i-iu", "USD": "đô la Mỹ", "VND": "đồng", "VNĐ": "đồng",
    "EUR": "ơ-rô",
    "TV": "ti vi", "VOV": "vi-âu-vi", "QR": "quy-a", "VNeID": "vi-en-i-ai-đi", "Wi-Fi": "oai-phai",
    "WiFi": "oai-phai", "Wifi": "oai-phai", "wifi": "oai-phai", "Zalo": "da-lô",
    "Facebook": "phây-búc",
    "Internet": "in-tơ-nét", "internet": "in-tơ-nét", "website": "oép-xai", "Website": "oép-xai",
    "email": "i-meo", "Email": "i-meo", "e-mail": "i-meo", "E-mail": "i-meo",
    "fanpage": "phen-pếch",
    "Fanpage": "phen-pếch", "online": "on-lai", "Online": "on-lai", "hotline": "hốt-lai",
    "Hotline": "hốt-lai",
    "app": "áp", "App": "áp", "HACCP": "ha-xép", "HIV": "hát-i-vê", "AIDS": "ết", "ISO": "i-xô",
    "độ C": "độ xê", "độ F": "độ ép",
    "Cty": "công ty", "Cty CP": "công ty cổ phần", "Công ty CP": "Công ty cổ phần",
    "công ty CP": "công ty cổ phần", "TL": "tỉnh lộ", "video": "vi-đê-ô", "Video": "vi-đê-ô",
    "TikTok": "tích-tốc", "Tiktok": "tích-tốc", "YouTube": "diu-túp", "Youtube": "diu-túp",
    # With a point or a stroke
    "đ/c": "đồng chí", "Đ/c": "Đồng chí", "Đ/C": "Đồng chí", "đ.c": "đồng chí", "b/c": "báo cáo",
    "ph/h": "phối hợp", "p/h": "phối hợp", "t/h": "thực hiện", "v/v": "về việc", "V/v": "Về việc",
    "đ/v": "đối với", "Đ/v": "Đối với", "n/v": "nhiệm vụ", "k/g": "kính gửi", "K/g": "Kính gửi",
    "T/M": "thay mặt", "TM.": "thay mặt", "K/T": "ký thay", "KT.": "ký thay", "T/L": "thừa lệnh",
    "TL.": "thừa lệnh", "T/UQ": "thừa ủy quyền", "TUQ.": "thừa ủy quyền", "TUQ": "thừa ủy quyền",
    "đ/ch": "đồng chí", "đ/chỉ": "địa chỉ", "Đ/chỉ": "Địa chỉ", "s/p": "sản phẩm",
    "c/m": "chuyên môn",
    "SĐT": "số điện thoại", "ĐT": "điện thoại", "đt": "điện thoại", "sđt": "số điện thoại",
    "TS.": "tiến sĩ", "ThS.": "thạc sĩ", "ThS": "thạc sĩ", "PGS.TS": "phó giáo sư, tiến sĩ",
    "PGS": "phó giáo sư", "GS": "giáo sư", "BS.": "bác sĩ", "BS": "bác sĩ", "KS.": "kỹ sư",
    "LS.": "luật sư",

    "v.v...": "vân vân", "v.v…": "vân vân", "v.v.": "vân vân", "v.v": "vân vân", "vv": "vân vân",
    "CN": "chủ nhật", "STT": "số thứ tự", "GĐ": "gia đình", "LLVT": "lực lượng vũ trang",
    "ANQP": "an ninh quốc phòng", "CHQS": "chỉ huy quân sự", "CSKV": "cảnh sát khu vực",
    "TBXH": "Thương binh và Xã hội", "LĐTBXH": "Lao động Thương binh và Xã hội",
    "LĐ-TB&XH": "Lao động Thương binh và Xã hội", "KHKT": "khoa học kỹ thuật",
}  # fmt: skip

# With a point, before a name or a number: "P. Phương Liệt", "Q.1".
PLACES = {
    "TP": "thành phố", "Tp": "thành phố", "TX": "thị xã", "Tx": "thị xã", "Q": "quận",
    "P": "phường",
    "H": "huyện", "X": "xã", "Đ": "đường", "TT": "thị trấn", "T": "tỉnh",
}  # fmt: skip

# Before a number or the code of a document.
KINDS = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "KH": "Kế hoạch", "KL": "Kết luận",
    "TB": "Thông báo", "TT": "Thông tư", "HD": "Hướng dẫn", "CV": "Công văn", "TTr": "Tờ trình",
    "BC": "Báo cáo", "CTr": "Chương trình", "QC": "Quy chế", "QyĐ": "Quy định", "QĐi": "Quy định",
    "NĐ": "Nghị định", "TTLT": "Thông tư liên tịch", "NQLT": "Nghị quyết liên tịch",
    "PL": "Pháp lệnh",
    "VBHN": "Văn bản hợp nhất", "CĐ": "Công điện", "GM": "Giấy mời", "TTri": "Thông tri",
    "L": "Luật",
    "ĐA": "Đề án", "PA": "Phương án", "BB": "Biên bản", "TTNĐ": "Thông tư",
    "KHLT": "Kế hoạch liên tịch",
    "QCPH": "Quy chế phối hợp", "TBKL": "Thông báo kết luận",
}  # fmt: skip

# In the code of a document, behind its kind.
ORGANS = {
    "CP": "Chính phủ", "TTg": "Thủ tướng", "CTN": "Chủ tịch nước", "QH": "Quốc hội",
    "CB": "Chi bộ",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội", "VPCP": "Văn phòng Chính phủ",
    "TAND": "Tòa án nhân dân",
    "BCT": "Bộ Công Thương", "BTC": "Bộ Tài chính", "BYT": "Bộ Y tế", "BNV": "Bộ Nội vụ",
    "BCA": "Bộ Công an", "BQP": "Bộ Quốc phòng", "BTP": "Bộ Tư pháp", "BXD": "Bộ Xây dựng",
    "BGDĐT": "Bộ Giáo dục và Đào tạo", "BKHCN": "Bộ Khoa học và Công nghệ", "BNG": "Bộ Ngoại giao",
    "BTTTT": "Bộ Thông tin và Truyền thông", "BTNMT": "Bộ Tài nguyên và Môi trường",
    "BNNMT": "Bộ Nông nghiệp và Môi trường", "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn", "BGTVT": "Bộ Giao thông vận tải",
    "BKHĐT": "Bộ Kế hoạch và Đầu tư", "BLĐTBXH": "Bộ Lao động Thương binh và Xã hội",
    "SCT": "Sở Công Thương", "STC": "Sở Tài chính", "SYT": "Sở Y tế", "SNV": "Sở Nội vụ",
    "SVHTT": "Sở Văn hóa và Thể thao", "SGDĐT": "Sở Giáo dục và Đào tạo",
    "BTC TW": "Ban Tổ chức Trung ương",
    "VP": "Văn phòng", "TĐTN": "Thành đoàn Thanh niên", "BDV": "Ban Dân vận",
    "XDĐ": "Xây dựng Đảng",
    "ND": "Nông dân", "HND": "Hội Nông dân", "TLĐ": "Tổng Liên đoàn",
    "TWĐTN": "Trung ương Đoàn Thanh niên",
}  # fmt: skip
OF_THE_PARTY = frozenset({"TW", "TU", "QU", "HU", "ĐU", "CB", "VPTW", "BTGTW", "MTTQ", "BTT"})

# Behind a number; the second word is what stands behind a stroke ("đồng một ki-lô-gam").
UNITS = {
    "kg": "ki-lô-gam", "g": "gam", "gr": "gam", "mg": "mi-li-gam", "yến": "yến", "tạ": "tạ",
    "tấn": "tấn",
    "l": "lít", "L": "lít", "lít": "lít", "ml": "mi-li-lít", "mL": "mi-li-lít",
    "cl": "xăng-ti-lít", "dl": "đề-xi-lít",
    "km": "ki-lô-mét", "m": "mét", "dm": "đề-xi-mét", "cm": "xăng-ti-mét", "mm": "mi-li-mét",
    "m2": "mét vuông", "m²": "mét vuông", "m3": "mét khối", "m³": "mét khối",
    "km2": "ki-lô-mét vuông",
    "km²": "ki-lô-mét vuông", "cm2": "xăng-ti-mét vuông", "cm²": "xăng-ti-mét vuông",
    "ha": "héc-ta",
    "cm3": "xăng-ti-mét khối", "cm³": "xăng-ti-mét khối",
    "°C": "độ xê", "ºC": "độ xê", "oC": "độ xê", "°F": "độ ép", "°": "độ", "º": "độ",
    "kWh": "ki-lô-oát giờ", "kwh": "ki-lô-oát giờ", "kW": "ki-lô-oát", "MW": "mê-ga-oát",
    "W": "oát",
    "V": "vôn", "Hz": "héc", "kHz": "ki-lô-héc", "MHz": "mê-ga-héc", "dB": "đề-xi-ben",
    "mmHg": "mi-li-mét thủy ngân",
    "kcal": "ki-lô-ca-lo", "cal": "ca-lo", "GB": "gi-ga-bai", "MB": "mê-ga-bai", "KB": "ki-lô-bai",
    "TB": "tê-ra-bai", "Mbps": "mê-ga-bít trên giây", "inch": "inh", "ppm": "phần triệu",
    "đ": "đồng", "₫": "đồng", "đồng": "đồng", "VNĐ": "đồng", "VND": "đồng", "vnđ": "đồng",
    "USD": "đô la Mỹ",
    "$": "đô la", "€": "ơ-rô", "EUR": "ơ-rô", "k": "nghìn", "K": "nghìn", "tr": "triệu",
    "trđ": "triệu đồng",
    "tr.đ": "triệu đồng", "trđồng": "triệu đồng", "tỷđ": "tỷ đồng", "ngđ": "nghìn đồng",
    "nghìnđ": "nghìn đồng",
    "%": "phần trăm", "‰": "phần nghìn", "h": "giờ", "phút": "phút", "ph": "phút", "p": "phút",
    "giây": "giây",
    "s": "giây", "'": "phút", "’": "phút", "′": "phút", "''": "giây", "″": "giây",
    "sp": "sản phẩm", "SP": "sản phẩm",
}  # fmt: skip
# These stand for themselves where no number is before them.
ALONE = frozenset(
    {
        "kg",
        "mg",
        "km",
        "cm",
        "mm",
        "ml",
        "m2",
        "m²",
        "m3",
        "m³",
        "km2",
        "km²",
        "kWh",
        "°C",
        "ºC",
        "%",
        "‰",
        "₫",
        "€",
        "°",
    }
)
# One of these behind a stroke is "each": lượt/tháng, đ/kg, đồng/người.
EACH = frozenset(
    {
        "ngày", "tháng", "năm", "tuần", "giờ", "phút", "quý", "kg", "g", "l", "lít", "hộ",
        "người", "lượt", "m2", "m²", "m3", "m³", "ha", "km", "cái", "chiếc", "suất", "buổi", "ca",
        "đợt", "sản phẩm", "gói", "hộp", "chai", "túi", "con", "quả", "cây", "tấn", "tạ", "vé",
        "phần", "đơn vị", "lần", "bộ", "thùng", "cân", "mét", "bài", "bản", "xe", "em", "cháu",
        "đôi", "chục", "mớ", "bó", "lạng", "can", "vỉ", "lọ", "bát", "tô", "khay", "tá",
        "cốc", "ly", "cặp", "thẻ", "trang", "điểm", "chi bộ", "tổ", "phường", "chuyến", "vụ", "mẻ", "mùa",
    }
)  # fmt: skip

SIGNS = {
    "&": " và ", "+": " cộng ", "=": " bằng ", "≥": " lớn hơn hoặc bằng ",
    "≤": " nhỏ hơn hoặc bằng ",
    ">": " lớn hơn ", "<": " nhỏ hơn ", "±": " cộng trừ ", "×": " nhân ", "÷": " chia ",
    "≈": " khoảng ",
    "~": " khoảng ", "→": ", ", "⇒": ", ", "–": ", ", "—": ", ", "½": "một phần hai",
    "¼": "một phần tư",
    "¾": "ba phần tư", "⅓": "một phần ba", "⅔": "hai phần ba", "@": " a còng ", "№": "số ",
    "•": "", "*": "",
    "§": "mục ", "#": " thăng ", "|": ", ", "_": " ", "\\": " ", "^": " ", "∅": "không ",
    "\ufeff": "",
}  # fmt: skip

IN_ADDRESSES = {
    "www": "vê kép vê kép vê kép", "gov": "gốp", "com": "com", "vn": "vê en", "org": "o-giê",
    "edu": "e-đu", "net": "nét", "gmail": "gi-meo", "hanoi": "hà nội", "mobi": "mô-bi",
    "info": "in-phô",
    "facebook": "phây-búc", "zalo": "da-lô", "me": "mi", "yahoo": "da-hu",
    "html": "hát tê em e-lờ",
    "dichvucong": "dịch vụ công", "phuongliet": "phương liệt", "vietnam": "việt nam",
}  # fmt: skip
