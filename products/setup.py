"""What a new ward's catalogue starts with."""

from products.models import Category
from units.models import Unit

# slug and drawing, name: in the order of the public filters
CATEGORIES = (
    ("thuc-pham", "Thực phẩm"),
    ("banh-keo", "Bánh, kẹo, cốm"),
    ("trai-cay", "Trái cây"),
    ("do-uong", "Chè, cà phê, đồ uống"),
    ("gom-su", "Gốm sứ"),
    ("vai-may-mac", "Vải và may mặc"),
    ("thu-cong-my-nghe", "Thủ công mỹ nghệ"),
    ("duoc-lieu", "Dược liệu, gia vị"),
)


def install_defaults(ward: Unit) -> None:
    """The kinds of goods of a new ward; what it has already stays as it is."""
    for number, (slug, name) in enumerate(CATEGORIES, start=1):
        Category.objects.get_or_create(
            owner=ward,
            slug=slug,
            defaults={"name": name, "drawing": slug, "position": number * 10},
        )
