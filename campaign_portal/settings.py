"""One settings file; everything that differs between machines comes from the environment.

Every variable is listed in ``.env.example``. A missing SECRET_KEY stops the start: there is no default.
"""

import os
import sys
import tempfile
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from campaign_portal import installed
from core import outages
from core.headers import add_static_headers

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
TESTING = "pytest" in sys.modules

env = environ.Env()
if not TESTING:  # tests do not depend on how this machine is set up
    environ.Env.read_env(BASE_DIR / ".env")

# -- Place --------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="tests-only" * 6 if TESTING else environ.Env.NOTSET)
if len(SECRET_KEY) < 40:
    raise ImproperlyConfigured("SECRET_KEY is missing or shorter than 40 characters.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
HTTPS = env.bool("HTTPS", default=not TESTING)
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # DEFERRED transactions answer "database is locked" at once when two write.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL, not NORMAL: a receipt that was shown survives a power cut.
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
        "PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;",
    }
    if TESTING:
        # In a file, as in use: in memory the live server's threads lock each other out at once.
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", os.getpid())
        test_name = Path(tempfile.gettempdir()) / f"portal-tests-{run}.sqlite3"
        DATABASES["default"]["TEST"] = {"NAME": str(test_name)}
else:
    DATABASES["default"] |= {
        # The tests' own server would keep a connection that forbids dropping its database.
        "CONN_MAX_AGE": 0 if TESTING else env.int("DATABASE_CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
        "ENGINE": "core.postgresql",
        # Seconds; whoever waits for the error page waits as long.
        "OPTIONS": {"connect_timeout": 5, **DATABASES["default"].get("OPTIONS", {})},
    }
if env("REPLICA_URL", default=""):
    DATABASES["replica"] = env.db("REPLICA_URL") | {
        key: DATABASES["default"][key] for key in ("CONN_MAX_AGE", "CONN_HEALTH_CHECKS", "ENGINE")
    }
    DATABASES["replica"]["OPTIONS"] = {"connect_timeout": 2}
    DATABASE_ROUTERS = ["core.replica.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Sign-in limits live in the cache, so it is shared by all processes: the database, or Redis.
CACHES = {"default": env.cache("CACHE_URL", default="dbcache://cache")}
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    CACHES["default"]["BACKEND"] = "core.caching.SturdyRedisCache"
    CACHES["database"] = env.cache_url_config("dbcache://cache")  # while Redis is away
if "db.DatabaseCache" in CACHES["default"]["BACKEND"]:
    # Django's 300 entries would let a full table forget whom it has counted.
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 50_000}
if TESTING:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
vars().update(env.email("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="khong-tra-loi@localhost")
EMAIL_TIMEOUT = 5  # seconds

# -- Apps ---------------------------------------------------------------------

INSTALLED_APPS, MIDDLEWARE = installed.APPS, installed.MIDDLEWARE
ROOT_URLCONF = "campaign_portal.urls"
WSGI_APPLICATION = "campaign_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": installed.CONTEXT_PROCESSORS},
    }
]

FORM_RENDERER = "core.widgets.Renderer"

# -- People -------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["units.backends.PortalBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home_of_user"
LOGOUT_REDIRECT_URL = "account_login"
# Pages of the secretary's face, errors included; on the second what was typed is shown again.
SECRETARY_PATHS = ("/bao-cao/", "/vao/", "/y-kien/")
SECRETARY_TYPING_PATHS = ("/bao-cao/", "/y-kien/")
HELD_URL = "reports:held"  # where text that outlived its session waits
ACCOUNT_ADAPTER = "accounts.adapter.ClosedAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reauthenticate": "accounts.factor_forms.PasswordAgainForm",
}
MFA_ADAPTER = "accounts.factor_adapter.FactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.factor_forms.CodeForm",
    "reauthenticate": "accounts.factor_forms.CodeAgainForm",
    "activate_totp": "accounts.factor_forms.AppForm",
    "authenticate_webauthn": "accounts.factor_forms.KeyForm",
    "login_webauthn": "accounts.factor_forms.KeyAloneForm",
    "reauthenticate_webauthn": "accounts.factor_forms.KeyAgainForm",
    "add_webauthn": "accounts.factor_forms.AddKeyForm",
    "edit_webauthn": "accounts.factor_forms.RenameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers allow it for localhost alone
MFA_TOTP_ISSUER = "Cổng hàng Việt"
MFA_TOTP_TOLERANCE = 0  # a code lives 30 seconds (ASVS 6.5.5)
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up; the office gives accounts
# Guesses are counted by accounts.limits; this is against floods, from a whole office's address.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "60/m/ip"}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# Length and guessing, no rules about kinds of signs (ASVS 6.2.5).
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "accounts.password_rules.CommonPasswordValidator"},
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# -- Language -----------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["campaign_portal.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# -- Files --------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Hashed names need `collectstatic`; a trial run and the tests serve the source files.
STATIC_HASHED = env.bool("STATIC_HASHED", default=not TESTING)
STATIC_ROOT = BASE_DIR / "staticfiles" if STATIC_HASHED else None
WHITENOISE_USE_FINDERS = not STATIC_HASHED
WHITENOISE_ALLOW_ALL_ORIGINS = False  # its default is that every site may read the files
WHITENOISE_ADD_HEADERS_FUNCTION = add_static_headers
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "files"))
STORAGES = {
    "default": {"BACKEND": "core.storage.DurableFileSystemStorage"},
    "staticfiles": {
        "BACKEND": "core.static_files.StaticFilesStorage"
        if STATIC_HASHED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
if env("S3_BUCKET", default=""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env("S3_BUCKET"),
            "endpoint_url": env("S3_ENDPOINT_URL", default=None),
            "access_key": env("S3_ACCESS_KEY"),
            "secret_key": env("S3_SECRET_KEY"),
            "default_acl": None,
            "querystring_auth": True,
            "file_overwrite": False,
        },
    }
# On the disk of the files, so that a move is a rename and never a copy that a full disk cuts short.
FILE_UPLOAD_TEMP_DIR = env("UPLOAD_TEMP_DIR", default="") or str(Path(MEDIA_ROOT) / "tmp")
FILE_UPLOAD_HANDLERS = [
    "core.files.receiving.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
BACKUP_DIR = env.path("BACKUP_DIR", default=str(VAR_DIR / "backups"))
BACKUP_KEY = env("BACKUP_KEY", default="")
# Without these the restored data cannot be used; names of settings, each from the environment.
BACKED_UP_KEYS = ["SECRET_KEY", "SECRET_KEY_FALLBACKS"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
QUERY_LONGEST = 16_384  # signs of an address behind the question mark
# Fields that decide something and that no form of ours holds twice.
SINGLE_FIELDS = ("csrfmiddlewaretoken", "login", "password", "code", "next", "version")
# Names that an address of ours repeats: what is ticked in a form that is sent by GET.
MULTIPLE_PARAMETERS = {
    *("chi-tieu", "chon", "don-vi", "hang", "over_there", "phuong", "sold", "units"),
    *("loai", "sao", "cong-nhan", "tinh", "xa", "ban"),  # facets of the catalogue
}

# -- Security -----------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}
# The only outside hosts that the portal ever asks something: the addresses in articles (check_links).
LINK_CHECK_HOSTS = env.list("LINK_CHECK_HOSTS", default=[])
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 100  # seconds; the office's own limits are shorter
SESSION_COOKIE_HTTPONLY = True
KNOWN_PHONE_COOKIE = "phone"
KNOWN_DEVICE_COOKIE = "device"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "core.errors.csrf_failure"
OFFICE_SESSION_IDLE = 60 * 60  # seconds
OFFICE_SESSION_ABSOLUTE = 60 * 60 * 12  # seconds
# What gives or takes rights asks for the password or the factor again after so many seconds.
CONSEQUENTIAL_AFTER = 60 * 15
CONSEQUENTIAL_ACTIONS = {
    "accounts.add_user",
    "accounts.change_user",
    "units.add_membership",
    "units.change_membership",
    "opinions.change_opinionsetting",
}
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz(/|$)"]
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=60 * 60 * 24 * 365)
    # The portal is one name under a domain that others share: sub-domains and preload are not ours.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    KNOWN_PHONE_COOKIE = "__Host-phone"
    KNOWN_DEVICE_COOKIE = "__Host-device"
    CSRF_TRUSTED_ORIGINS = [f"https://{host.removeprefix('.')}" for host in ALLOWED_HOSTS]

# "start/end/announced/reason", see core.outages; told on every page until it is over.
PLANNED_OUTAGE = outages.parse(env("PLANNED_OUTAGE", default=""))
METRICS_TOKEN = env("METRICS_TOKEN", default="")  # empty: /metrics is a missing page

# -- Logs ---------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "core.logs.JsonFormatter"}},
    "filters": {"mask": {"()": "core.logs.MaskAddresses"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["mask"]}
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {"django.server": {"handlers": ["console"], "propagate": False}},
}
if TESTING:
    LOGGING = {"version": 1, "disable_existing_loggers": False}
