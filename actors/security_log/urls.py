"""URL patterns by audience."""

from django.urls import path

from actors.security_log import views
from ostberga.lib.web.url_patterns import UrlPatterns

staff: UrlPatterns = [  # people who sign in, Swedish only
    path("mitt/sakerhetslogg/", views.security_log, name="security-log"),
    path("mitt/sakerhetslogg/fil/", views.security_log_file, name="security-log-file"),
]
