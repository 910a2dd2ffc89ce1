"""Every address of the site."""

from django.contrib import admin
from django.contrib.auth.views import LoginView
from django.urls import include, path

from judging.web.calendars import calendar_feed
from judging.web.home import home
from judging.web.public import check, check_code
from nominees.web.account import account
from paritrana.installable import SignOut, manifest, service_worker, without_network

urlpatterns = [
    path("", home, name="home"),
    path("masuk/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("keluar/", SignOut.as_view(), name="logout"),
    path("pekerja.js", service_worker, name="service_worker"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("luring/", without_network, name="without_network"),
    path("cek/", check, name="check"),
    path("cek/<str:code>/", check_code, name="check_code"),
    path("hasil/", include("judging.web.results")),
    path("layar/", include("judging.web.ceremony_screen")),
    path("kalender/<str:key>.ics", calendar_feed, name="calendar_feed"),
    path("bahasa/", include("django.conf.urls.i18n")),
    path("akun/", account, name="account"),
    path("pengelolaan/", include("nominees.administration_urls")),
    path("pengelola/", admin.site.urls),
    path("<int:year>/<slug:scope>/", include("nominees.urls")),
    path("<int:year>/<slug:scope>/", include("judging.urls")),
]

handler403 = "paritrana.forbidden.forbidden"
handler500 = "paritrana.busy.failed"
