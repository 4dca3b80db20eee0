from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "tài khoản"

    def ready(self) -> None:
        from accounts import logs, second_factor  # noqa: PLC0415  needs the models

        second_factor.listen()
        logs.listen()
