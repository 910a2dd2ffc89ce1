"""Addresses of the platform administrator's pages, under ``pengelolaan/``. No username can take another page's."""

from django.urls import path

from nominees.web.administration import administration, new_edition, new_round
from nominees.web.people import end_role, give_role, new_person, person, reset_password, switch_login

urlpatterns = [
    path("", administration, name="administration"),
    path("edisi-baru/", new_edition, name="new_edition"),
    path("babak-baru/", new_round, name="new_round"),
    path("orang-baru/", new_person, name="new_person"),
    path("orang/<str:username>/", person, name="person"),
    path("orang/<str:username>/kata-sandi/", reset_password, name="reset_password"),
    path("orang/<str:username>/akses/", switch_login, name="switch_login"),
    path("orang/<str:username>/peran/", give_role, name="give_role"),
    path("orang/<str:username>/peran/<int:grant_id>/", end_role, name="end_role"),
]
