from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "products"
    verbose_name = "sản phẩm"

    def ready(self) -> None:
        # Says how a resident's contact is erased; a restore asks before any page is opened.
        from products.residents import workflow  # noqa: F401, PLC0415
