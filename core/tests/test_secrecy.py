import pytest

from core import secrecy

STAMPED = [
    "MẬT",
    "Mật",
    "TỐI MẬT",
    "TUYỆT MẬT",
    "Tối mật",
    "tuyệt mật",
    "TOI MAT",
    "TUYET MAT",
    "T Ố I  M Ậ T",
    "M Ậ T",
    "(MẬT)",
    "[ MẬT ]",
    "* MẬT *",
    "Độ mật: Mật",
    "độ mật: tối mật",
    "Dấu mật",
    "đóng dấu “MẬT”",
    "Đây là tài liệu mật.",
    "Theo văn bản mật của phường",
    "Báo cáo này đóng MẬT, không phổ biến",
    "Giá rau tăng.\nMẬT\nBà con lo.",
]
PLAIN = [
    "Bà con thích mật ong rừng.",
    "MẬT ONG HÀ GIANG BÁN CHẠY",
    "Giá mật mía tăng.",
    "Mật độ cửa hàng còn thưa.",
    "Bí mật kinh doanh của cơ sở.",
    "Đổi mật khẩu nhóm Zalo.",
    "Tôi mất hóa đơn nên không trả lại hàng được.",
    "toi mat hoa don",
    "Mặt hàng Việt dễ mua.",
    "MẬT HOA DỪA",
    "Có các loại mật hoa nhãn, loại mật bạc hà.",
]


@pytest.mark.parametrize("text", STAMPED)
def test_stamp_of_secrecy_is_seen(text):
    assert secrecy.mark_in(text) != ""


@pytest.mark.parametrize("text", PLAIN)
def test_honey_and_passwords_are_no_secrets(text):
    assert secrecy.mark_in(text) == ""


@pytest.mark.parametrize(
    "name", ["TOI MAT.pdf", "toi-mat-KH12.docx", "van_ban_do_mat.docx", "tuyệt mật.doc", "Mật.jpg"]
)
def test_stamp_in_the_name_of_a_file_is_seen(name):
    assert secrecy.mark_in_name(name) != ""


@pytest.mark.parametrize(
    "name",
    [
        "so-do-mat-bang.docx",
        "bao-cao-do-mat-tran-to-chuc.docx",
        "gui-toi-mat-tran-to-quoc.docx",
        "do mat hang viet.xlsx",
        "ra-mat-gian-hang.jpg",
        "Mật hoa dừa.png",
    ],
)
def test_names_of_the_front_and_of_goods_are_no_stamps(name):
    assert secrecy.mark_in_name(name) == ""
