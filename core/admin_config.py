"""Django's admin with our own site class behind ``admin.site``.

Apart from ``core.apps``, because Django looks there for the one configuration of ``core``.
"""

from django.contrib.admin.apps import AdminConfig


class OfficeAdminConfig(AdminConfig):
    default_site = "core.admin.OfficeSite"
