import pytest

from units.phones import name_of

LINUX = "Mozilla/5.0 (Linux; Android "
END = "AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/110.0.0.0 Mobile Safari/537.36"
TABLET = "AppleWebKit/537.36 Chrome/120 Safari/537.36"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            f"{LINUX}10; SM-A107F Build/QP1A; wv) {END} Zalo android/1",
            "Điện thoại Android SM-A107F, Zalo",
        ),
        (f"{LINUX}10; K) {END}", "Điện thoại Android, Chrome"),
        (f"{LINUX}9; Redmi Note 8) {END}", "Điện thoại Android Redmi Note 8, Chrome"),
        (f"{LINUX}13; SM-X200) {TABLET}", "Máy tính bảng Android SM-X200, Chrome"),
        (f"{IPHONE} Version/16.0 Mobile/15E148 Safari/604.1", "iPhone, Safari"),
        (f"{IPHONE} Mobile/15E148 Zalo iOS/500", "iPhone, Zalo"),
        (f"{IPHONE} CriOS/120 Mobile/15E148 Safari/604.1", "iPhone, Chrome"),
        (f"{WINDOWS} Edg/120.0", "Máy tính Windows, Edge"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Máy tính Linux, Firefox",
        ),
        ("", "Máy chưa rõ loại"),
        ("<script>" * 5000, "Máy chưa rõ loại"),
        (f"{LINUX}10; <b>x</b>) {END}", "Điện thoại Android, Chrome"),
    ],
)
def test_phone_is_named_as_people_call_it(user_agent, name):
    assert name_of(user_agent) == name
