"""The addresses of the office's pages on goods, with the action that each asks for."""

from __future__ import annotations

from core.admin import OfficePage
from products.office import evidence, imports, misses, preview, steps, together

VIEW, CHANGE = "products.view_product", "products.change_product"
VIEW_CLAIM, VIEW_SALE = "products.view_recognition", "products.view_sale"
ADD_IMPORT = "products.add_productimport"
PAGES: tuple[OfficePage, ...] = (
    OfficePage(
        route="san-pham/cong-nhan/",
        name="product_evidence",
        view=evidence.evidence_page,
        policy=VIEW_CLAIM,
        section="products",
        label="Đối chiếu công nhận",
        order=23,
    ),
    OfficePage(
        route="san-pham/con-ban/",
        name="product_sales",
        view=evidence.sales_page,
        policy=VIEW_SALE,
        section="products",
        label="Còn bán?",
        order=24,
    ),
    OfficePage(
        route="san-pham/tim-chua-co/",
        name="product_misses",
        view=misses.misses_page,
        policy=VIEW,
        section="products",
        label="Tìm mà chưa có",
        order=90,
    ),
    OfficePage(
        route="san-pham/nhap/",
        name="product_imports",
        view=imports.imports_page,
        policy=ADD_IMPORT,
        section="products",
        label="Nhập từ Excel",
        order=15,
    ),
    *(
        OfficePage(route=route, name=name, view=view, policy=action, section="products")
        for route, name, view, action in (
            ("san-pham/nhap/mau/", "product_import_template", imports.template_page, ADD_IMPORT),
            ("san-pham/nhap/<int:pk>/", "product_import", imports.import_page, ADD_IMPORT),
            ("san-pham/nhap/<int:pk>/bo/", "product_import_undo", imports.import_undo, ADD_IMPORT),
            ("san-pham/sua-nhieu/", "products_together", together.together_page, CHANGE),
            ("san-pham/<int:pk>/dang/", "product_step", steps.step_page, VIEW),
            ("san-pham/<int:pk>/xem-truoc/", "product_preview", preview.preview_page, VIEW),
            (
                "san-pham/<int:pk>/xem-truoc/dien-thoai/",
                "product_preview_phone",
                preview.preview_phone,
                VIEW,
            ),
            (
                "san-pham/<int:pk>/xem-truoc/the/",
                "product_preview_card",
                preview.preview_card,
                VIEW,
            ),
        )
    ),
)
