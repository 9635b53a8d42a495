"""All settings, read from the environment. `.env.example` lists the variables."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured

from ostberga.lib.privacy import private_logging
from ostberga.lib.translations.languages import ALL_LANGUAGES, SOURCE
from ostberga.settings.accounts import *  # noqa: F403 - Django reads them here
from ostberga.settings.environment import DEMO, MODE, PRODUCTION, database_from, env, flag

BASE_DIR = Path(__file__).resolve().parent.parent.parent

DEBUG = False
SECRET_KEY = env("SECRET_KEY", "only-for-demo-and-tests-" + "x" * 40)
# Derives receipt codes from submissions. A key of its own: printed codes must survive a change of SECRET_KEY.
RECEIPT_KEY = env("RECEIPT_KEY", "only-for-demo-and-tests")
# Hashes the secret links in letters. A key of its own: a copy of the database alone can open or make no link.
LINK_KEY = env("LINK_KEY", "only-for-demo-and-tests-links")
# Encrypt raw text at rest: the first key encrypts, all of them decrypt, so that keys can be rotated.
RAW_TEXT_KEYS = env("RAW_TEXT_KEYS", "b25seS1mb3ItZGVtby1hbmQtdGVzdHMtMzItYnl0ZXM=").split(",")
# The same for letters that have not gone, and for second factors. Without keys of their own RAW_TEXT_KEYS encrypt them.
LETTER_KEYS = env("LETTER_KEYS", ",".join(RAW_TEXT_KEYS)).split(",")
SECOND_FACTOR_KEYS = env("SECOND_FACTOR_KEYS", ",".join(RAW_TEXT_KEYS)).split(",")
ALLOWED_HOSTS = env("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" + (",testserver" if MODE == "test" else "")).split(",")
if DEMO and not flag("OSTBERGA_DEMO_ALLOW_PUBLIC") and "ALLOWED_HOSTS" in os.environ:
    raise ImproperlyConfigured("Demons brev öppnar dörrar. Sätt OSTBERGA_DEMO_ALLOW_PUBLIC=1 om andra ska se den.")
SITE_URL = env("SITE_URL", "http://localhost:8000").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
if PRODUCTION and not HTTPS and urlparse(SITE_URL).hostname not in {"localhost", "127.0.0.1"}:
    raise ImproperlyConfigured("SITE_URL ska börja med https://. Utan det skickas inloggningar öppet.")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Ports that a Host header may name, "" for none; empty: any. In production only SITE_URL's own, as the address is in
# links that are led on to, and in what caches keep.
PORTS = {"", str(urlparse(SITE_URL).port or (443 if HTTPS else 80))} if PRODUCTION else set[str]()

INSTALLED_APPS = [
    "ostberga",
    "reports",
    "dialogue",
    "surveys",
    "actors",
    "ostberga.apps.TechnicalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
    "django_htmx",
    "django_filters",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "actors.people.sessions_app.SessionsConfig",  # allauth.usersessions, without addresses of clients
]

MIDDLEWARE = [
    "ostberga.http.readable_requests.ReadableRequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "ostberga.middleware.PublicPageCacheMiddleware",
    "ostberga.middleware.SameAfterCookieMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ostberga.middleware.ExpiredSessionMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "ostberga.http.request_limits.RequestLimitMiddleware",
    "actors.people.middleware.SecondFactorMiddleware",
    "actors.people.middleware.SessionUseMiddleware",
    "ostberga.middleware.RefusalMiddleware",
    "ostberga.http.practice_pages.PracticeMiddleware",
    "ostberga.http.unreadable_texts.UnreadableTextMiddleware",
    "actors.security_log.middleware.SecurityLogMiddleware",
    # Below the log, to which an old address that leads on is no attempt at anything.
    "ostberga.http.leading_on.LeadingOnMiddleware",
    "actors.sent_forms.middleware.SentFormMiddleware",  # last: it sees what the view, or another in its place, answers
]
CSRF_FAILURE_VIEW = "actors.sent_forms.views.csrf_failure"

ROOT_URLCONF = "ostberga.urls"
WSGI_APPLICATION = "ostberga.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ostberga.context.page",
            ],
            # {% csrf_token %} also writes the token of docs/adr/0041, in every template.
            "builtins": ["ostberga.templatetags.form_tokens"],
        },
    },
]

DATABASES = {"default": database_from(env("DATABASE_URL", "postgresql://postgres@localhost/ostberga"))}
REDIS_URL = env("REDIS_URL", "redis://localhost:6379/0")
# The cache and the counts of requests per client. Never written to disk (ostberga/http/checks.py), unlike the queue.
CACHE_URL = env("CACHE_URL", REDIS_URL)
CACHES = {
    "default": {
        "BACKEND": "ostberga.lib.web.cache_backend.SharedRedisCache",
        "LOCATION": CACHE_URL.replace("redis+socket://", "unix://"),
        "KEY_PREFIX": "ostberga",
    }
}

# Public pages are cached until something public changes; tests of the cache switch it on.
KEEP_PUBLIC_PAGES = MODE != "test"

for _language in ALL_LANGUAGES:  # Django does not know Somali.
    LANG_INFO.setdefault(_language.code, _language.django_info())
LANGUAGE_CODE = SOURCE
LANGUAGES = [(language.code, language.label) for language in ALL_LANGUAGES]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = (
    BASE_DIR / ".local" / "static" if not PRODUCTION else Path(env("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
)
STATICFILES_DIRS = [BASE_DIR / "static"]
# Tests make a client, and with it a middleware, thousands of times: it finds a file when asked, instead of listing all.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = MODE == "test"
STORAGES = {
    "default": {"BACKEND": "ostberga.lib.files.whole_files.WholeFileStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Rendered reports. No web server serves this folder; views decide who may download one.
MEDIA_ROOT = Path(env("MEDIA_ROOT", str(BASE_DIR / ".local" / "media")))

EMAIL_FROM = DEFAULT_FROM_EMAIL = env("EMAIL_FROM", "Samverkan Östberga <svar@ostberga.example>")
# Seconds that the mail server may take for a reply, and for a whole letter.
EMAIL_TIMEOUT, EMAIL_SECONDS = 15, 60
# Where delivery reports go (the envelope's sender), and how that mailbox is read: imaps://user:password@host/INBOX.
EMAIL_RETURN = env("EMAIL_RETURN", EMAIL_FROM)
MAILBOX_URL = env("MAILBOX_URL", "")
# The demo sends no e-mail: its letters are shown at /brev/.
EMAIL_BACKEND = f"django.core.mail.backends.{'locmem' if MODE == 'test' else 'dummy'}.EmailBackend"
if PRODUCTION:
    _mail = urlparse(env("EMAIL_URL", ""))
    EMAIL_BACKEND = "actors.letters.smtp.LimitedBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_TLS = _mail.scheme == "smtp+tls"

# Days that the security log is kept. The database refuses to delete an event younger than 90 days.
SECURITY_LOG_DAYS = int(env("SECURITY_LOG_DAYS", "730"))
if SECURITY_LOG_DAYS < 90:
    raise ImproperlyConfigured("SECURITY_LOG_DAYS är minst 90 dagar.")
# Seconds without a heartbeat after which a report is taken from its worker.
REPORT_STALE_AFTER = float(env("REPORT_STALE_AFTER", "60"))
CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# A queue that is away or answers nothing does not hold who calls a worker. Worker and beat wait for its return.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "socket_keepalive": True,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TIMEZONE = TIME_ZONE
# What talks to a mail server has a queue and a worker of its own: a silent one stops nothing else.
_WITH_MAIL_SERVER = ["actors.tasks.send_letter", "actors.tasks.send_waiting_letters", "actors.tasks.read_mailbox"]
_WITH_MAIL_SERVER += ["dialogue.tasks.send_follow_letters"]
# What makes or reads large files takes minutes: the batch and what looks after others never wait behind it.
_WITH_LARGE_FILES = ["reports.tasks.export", "reports.tasks.render", "surveys.tasks.judge_import"]
CELERY_TASK_ROUTES = {_task: {"queue": "letters"} for _task in _WITH_MAIL_SERVER}
CELERY_TASK_ROUTES |= {_task: {"queue": "files"} for _task in _WITH_LARGE_FILES}
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "letters": {"task": "actors.tasks.send_waiting_letters", "schedule": 60.0},
    "mailbox": {"task": "actors.tasks.read_mailbox", "schedule": 300.0},
    "follow-letters": {"task": "dialogue.tasks.send_follow_letters", "schedule": float(env("BATCH_EVERY", "300"))},
    "security-log": {"task": "actors.tasks.dispose_of_old_security_events", "schedule": 86_400.0},
    "sessions": {"task": "actors.tasks.forget_ended_sessions", "schedule": 3600.0},
    "sent-forms": {"task": "actors.tasks.forget_sent_forms", "schedule": 300.0},
    "registry-addresses": {"task": "actors.tasks.ask_about_registry_addresses", "schedule": 600.0},
    "registry-removals": {"task": "actors.tasks.remove_registry_addresses", "schedule": 3600.0},
    "batch": {"task": "dialogue.tasks.write_batch", "schedule": float(env("BATCH_EVERY", "300"))},
    "news": {"task": "dialogue.tasks.gather_news", "schedule": 300.0},
    "digest": {"task": "dialogue.tasks.tell_followers", "schedule": 900.0},
    "days": {"task": "dialogue.tasks.every_day", "schedule": 3600.0},
    "exports": {"task": "reports.tasks.sweep_exports", "schedule": 20.0 if MODE == "demo" else 60.0},
    "large-imports": {"task": "surveys.tasks.sweep_imports", "schedule": 20.0 if MODE == "demo" else 60.0},
    "stale-reports": {"task": "reports.tasks.sweep", "schedule": 20.0 if MODE == "demo" else 60.0},
}
for _periodic in CELERY_BEAT_SCHEDULE.values():  # what was not done in time is called anew: calls do not pile up
    _periodic["options"] = {"expires": _periodic["schedule"]}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = HTTPS and flag("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^halsa/$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Other sites on the city's domain are the city's business.
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and flag("HSTS_SUBDOMAINS")
SECURE_HSTS_PRELOAD = HTTPS and flag("HSTS_PRELOAD")
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # The two above are the city's choice.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# Browsers take a cookie with this prefix only over HTTPS, from this very host and for the whole of it.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid", f"{COOKIE_PREFIX}csrftoken"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_ENGINE = "ostberga.lib.web.session_store"  # cached_db that stores a hash of the key
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# Our largest form is the page of open minutes: 300 lines of 11 fields, and an empty line for each point of the agenda.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
# The networks that the proxy in front answers from: only they may name the visitor's address (X-Forwarded-For).
TRUSTED_PROXIES = [part for part in env("TRUSTED_PROXIES", "none").replace(" ", "").split(",") if part != "none"]

# Never logs request lines, addresses or parameters: a log must not tell who answered what.
LOGGING = private_logging.LOGGING
# Celery would replace these handlers with its own, which log exceptions in full.
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
