"""Addresses of the nominees' pages, under ``<year>/<scope>/``."""

from django.urls import path

from nominees.web.add import nominee_add
from nominees.web.detail import nominee_detail
from nominees.web.edit import nominee_edit
from nominees.web.evidence import evidence_file, evidence_withdraw, nominee_evidence
from nominees.web.imports import batch_problems, import_batch, import_start, template_file
from nominees.web.indicators import nominee_indicators
from nominees.web.listing import nominee_list

app_name = "nominees"
urlpatterns = [
    path("nomine/", nominee_list, name="list"),
    path("nomine/tambah/", nominee_add, name="add"),
    path("nomine/<int:number>/", nominee_detail, name="detail"),
    path("nomine/<int:number>/ubah/", nominee_edit, name="edit"),
    path("nomine/<int:number>/indikator/", nominee_indicators, name="indicators"),
    path("nomine/<int:number>/bukti/", nominee_evidence, name="evidence"),
    path("nomine/<int:number>/bukti/<int:evidence_id>/", evidence_file, name="evidence_file"),
    path("nomine/<int:number>/bukti/<int:evidence_id>/tarik/", evidence_withdraw, name="evidence_withdraw"),
    path("nomine/impor/", import_start, name="import"),
    path("nomine/impor/templat.xlsx", template_file, name="template"),
    path("nomine/impor/<int:batch_id>/", import_batch, name="batch"),
    path("nomine/impor/<int:batch_id>/masalah.xlsx", batch_problems, name="problems"),
]
