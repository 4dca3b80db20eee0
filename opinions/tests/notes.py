"""Notes as secretaries write them, 500 with personal data and 500 without, always the same.

They are put together from sentences, people, numbers and habits of typing; a seeded generator
chooses. What is personal in a note is known from its template, not from the detector.
"""

from __future__ import annotations

import random
import unicodedata

SIZE = 500
FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ"]
FAMILY += ["Hồ", "Ngô", "Dương", "Lý", "Đinh", "Trịnh", "Đào", "Lương"]
MIDDLE = ["Văn", "Thị", "Hữu", "Đức", "Minh", "Quang", "Thanh", "Ngọc", "Xuân", "Thu"]
GIVEN = ["An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hùng", "Khánh", "Lan", "Mai"]
GIVEN += ["Nam", "Oanh", "Phúc", "Quỳnh", "Sơn", "Thảo", "Tuấn", "Uyên", "Vân", "Yến"]
TITLES = ["ông", "bà", "anh", "chị", "cô", "chú", "bác"]
STREETS = ["phố Vọng", "đường Giải Phóng", "phố Phương Liệt", "đường Trường Chinh", "phố Định Công"]
BEGINNINGS = [
    "Nhân dân phản ánh giá rau tại chợ tạm tăng 20% so với tháng trước.",
    "Bà con cho rằng hàng Việt ở siêu thị dễ mua hơn trước.",
    "Một số hộ lo ngại nước mắm không rõ nguồn gốc bán ở cổng chợ.",
    "Đề nghị phường có thêm điểm bán hàng Việt ở khu tập thể.",
    "Người dân muốn xem cách nhận biết hàng giả ngay tại chợ.",
    "",
]
ENDINGS = [
    "Đề nghị phường xem xét.",
    "Mong phường sớm có biện pháp.",
    "Chi bộ đã giải thích để bà con yên tâm.",
    "",
]
# {…} is filled by the generator; everything here speaks of a person.
PERSONAL = [
    "Liên hệ {phone} để biết thêm.",
    "Người phản ánh để lại số {phone}.",
    "SĐT: {phone}.",
    "Gọi {phone} gặp {title} {given}.",
    "Zalo {phone}",
    "{title} {full}, {address}, nói giá thịt tăng.",
    "{title} {full} ở {address} phản ánh hàng giả.",
    "Theo {title} {full} ({address}) thì chất lượng kém.",
    "Hộ {title} {full}, {address}, bán hàng không nhãn.",
    "Nhà {title} {given}, {address}, hay bán hàng nhái.",
    "Tại {address}, {title} {full} bán nước mắm giả.",
    "{full}, {address}: không hài lòng.",
    "CCCD {citizen} của người bán.",
    "Người bán có số căn cước {citizen}.",
    "Số {citizen} do công an cấp.",
    "CMND số {old_card}.",
    "Chứng minh nhân dân {old_card} của chủ hàng.",
    "Thư điện tử của người phản ánh là {mail}.",
    "Gửi trả lời về {mail} giúp.",
]
# Numbers, capitals and places that are no person's.
CLEAN = [
    "Giá thịt lợn từ {price} đồng lên {price} đồng một cân.",
    "Cửa hàng ở {address} bán hàng đúng giá niêm yết.",
    "Chợ Phương Liệt có {count} hộ kinh doanh, mới {count} hộ niêm yết giá.",
    "Hàng có mã vạch {barcode} quét không ra thông tin.",
    "Đã gọi đường dây 1800.6838 của Hội Bảo vệ người tiêu dùng, chưa được trả lời.",
    "Doanh số phiên chợ khoảng {money} đồng trong hai ngày {day} và {day}.",
    "Thực hiện Kế hoạch số 85-KH/ĐU ngày 05/02/2026 của Đảng ủy phường.",
    "Nước mắm Nam Ngư, sữa Vinamilk, bánh Hải Châu đều dễ mua.",
    "Bà con tổ {count} mong có thêm hàng Việt, nhất là dịp Tết Nguyên đán.",
    "Ông bà trong tổ dân phố thích hàng Việt Nam chất lượng cao.",
    "Ngõ {count} chưa có điểm bán nào, phải ra tận {street}.",
    "Giấy phép số {permit} ghi trên nhãn đã quá hạn.",
    "Mã số thuế {tax} in trên hóa đơn không tra được.",
    "Có {count}/{many} ý kiến đề nghị tuyên truyền qua Zalo.",
    "Loa phường phát lúc 16:30, người đi làm không nghe được.",
    "Siêu thị tại số {count} {street} thiếu hàng đặc sản địa phương.",
    "Cô bác ở khu tập thể hỏi mua gạo ST25 ở đâu.",
    "Các anh chị em công nhân muốn phiên chợ mở buổi tối, từ 19 giờ đến 21 giờ.",
]


def personal_notes() -> list[str]:
    return _notes(PERSONAL, seed=85)


def clean_notes() -> list[str]:
    return _notes(CLEAN, seed=86)


def _notes(templates: list[str], seed: int) -> list[str]:
    chance = random.Random(seed)
    return [_note(templates[n % len(templates)], chance) for n in range(SIZE)]


def _note(template: str, chance: random.Random) -> str:
    sentence = template.format_map({name: make(chance) for name, make in MAKERS.items()})
    whole = " ".join(p for p in (chance.choice(BEGINNINGS), sentence, chance.choice(ENDINGS)) if p)
    return chance.choice(HABITS)(whole)


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def _phone(chance: random.Random) -> str:
    number = "0" + chance.choice("35789") + _digits(chance, 8)
    return chance.choice(
        [
            number,
            f"{number[:4]} {number[4:7]} {number[7:]}",
            f"{number[:4]}.{number[4:7]}.{number[7:]}",
            f"{number[:3]}-{number[3:6]}-{number[6:]}",
            f"+84{number[1:]}",
            f"+84 {number[1:4]} {number[4:7]} {number[7:]}",
            f"024 3{_digits(chance, 3)} {_digits(chance, 4)}",
            f"(024) 3{_digits(chance, 7)}",
        ]
    )


def _citizen(chance: random.Random) -> str:
    number = (
        f"0{chance.choice(['01', '30', '36', '79'])}{chance.choice('0123')}{_digits(chance, 8)}"
    )
    return chance.choice(
        [
            number,
            f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}",
            f"{number[:6]} {number[6:]}",
        ]
    )


def _old_card(chance: random.Random) -> str:
    number = f"01{_digits(chance, 7)}"
    return chance.choice([number, f"{number[:3]} {number[3:6]} {number[6:]}"])


def _mail(chance: random.Random) -> str:
    name = f"{chance.choice(GIVEN)}{_digits(chance, 2)}".lower()
    name = "".join(c for c in unicodedata.normalize("NFD", name) if c.isascii())
    return chance.choice([f"{name}@gmail.com", f"{name}.vn@yahoo.com.vn", f"{name} @gmail.com"])


def _full(chance: random.Random) -> str:
    return " ".join(chance.choice(words) for words in (FAMILY, MIDDLE, GIVEN))


def _address(chance: random.Random) -> str:
    number, lane = chance.randint(1, 300), chance.randint(2, 120)
    return chance.choice(
        [
            f"số {number} ngõ {lane}",
            f"số nhà {number}, ngõ {lane} {chance.choice(STREETS)}",
            f"số {number} {chance.choice(STREETS)}",
            f"ngõ {lane}",
            f"ngách {number}/{lane}",
            f"phòng {number + 100} nhà B{lane % 9 + 1}",
            f"số {number}/{lane} {chance.choice(STREETS)}",
            f"{number}/{lane} {chance.choice(STREETS)}",
        ]
    )


def _price(chance: random.Random) -> str:
    return f"{chance.randint(10, 250)}.000"


MAKERS = {
    "phone": _phone,
    "citizen": _citizen,
    "old_card": _old_card,
    "mail": _mail,
    "full": _full,
    "given": lambda chance: chance.choice(GIVEN),
    "title": lambda chance: chance.choice(TITLES),
    "address": _address,
    "street": lambda chance: chance.choice(STREETS),
    "price": _price,
    "count": lambda chance: str(chance.randint(1, 60)),
    "many": lambda chance: str(chance.randint(60, 200)),
    "barcode": lambda chance: f"893{_digits(chance, 10)}",
    "money": lambda chance: f"{chance.randint(100, 900)}.000.000",
    "day": lambda chance: f"{chance.randint(1, 28)}/{chance.randint(1, 12)}/2026",
    "permit": lambda chance: f"{_digits(chance, 4)}/2026/ATTP",
    "tax": lambda chance: f"01{_digits(chance, 8)}",
}


def _bare(text: str) -> str:
    """Typed without marks, as many do on a phone."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in apart if not unicodedata.combining(c))


HABITS = [
    str,
    str,
    str,
    _bare,
    str.lower,
    lambda text: _bare(text).lower(),
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: text.replace(". ", ".\n"),
    lambda text: text.replace(", ", " , "),
    lambda text: text.replace(" ", " ").replace("  ", " "),
]
