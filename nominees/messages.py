"""Codes of this app, and those that both apps share, to translated sentences."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "role_needed": _("Your role in this round does not allow this."),
        "not_in_this_state": _("This has no place in the present state of the round."),
        "username_taken": _("Somebody already signs in as %(username)s. Choose another username."),
        "password_refused": _("Choose another password. %(why)s"),
        "administrator_needed": _("Only the platform administrator may do this."),
        "role_not_granted": _("Chairs and panel members get their role from the panel page, by being seated there."),
        "role_of_other_level": _("%(role)s is a role of the other level: provincial or national. Choose another."),
        "role_needs_round": _("Choose the round in which the person is %(role)s."),
        "own_login": _("Another platform administrator does this with your own login."),
    }
)

# Editions, rounds, categories
register(
    {
        "edition_exists": _("The assessment year %(year)s has its edition already."),
        "period_reversed": _("The period ends before it starts. Correct one of the two dates."),
        "round_exists": _("The edition has this round already."),
        "round_region_refused": _("%(region)s is not a province; only provinces have a round of their own."),
        "category_code_taken": _("The round has a category or pool %(category)s already. Choose another code."),
        "category_numbers_refused": _(
            "There can be 1 to 20 places, and no more nominees go on than there are places (%(quota)s of %(places)s)."
        ),
        "category_shape_refused": _("Only categories of businesses have a sector and sizes. Leave both empty."),
        "pool_categories_refused": _("A pool is over two or more categories of one kind in the same round."),
    }
)

# Nominations
register(
    {
        "nominee_does_not_fit": _("The nominee does not fit %(category)s. Choose another category."),
        "nominee_outside_province": _("%(region)s does not lie in the province of this round."),
        "region_of_other_kind": _(
            "%(region)s is a region of another kind. A government is a kabupaten or kota, a village a desa or "
            "kelurahan; a business has its seat in a kabupaten or kota."
        ),
        "already_nominated": _("%(name)s is nominated in this round already, as number %(number)s."),
        "business_facts_refused": _("The field %(field)s cannot be right. Compare it with the business's papers."),
        "same_name_other_nib": _(
            "%(name)s is recorded in the same regency under the NIB %(nib)s. Correct the NIB, or tell the two apart by "
            "name."
        ),
        "business_known_elsewhere": _("The NIB %(nib)s belongs to another business or province. Check the number."),
        "round_takes_no_more": _("The round has gone on to scoring and takes no more nominees."),
        "stale_nomination": _("Somebody changed %(name)s meanwhile. Look at the data again, then decide."),
        "already_screened": _("%(name)s was screened before. What can change now is the status."),
        "status_change_refused": _("This change of status has no place here in the present state of the round."),
        "calibration_never_competes": _(
            "%(name)s is scored for calibration and does not compete. End the calibration first, if no sheet was begun."
        ),
        "calibration_keeps_category": _("%(name)s is scored for calibration and stays in its category."),
        "status_reason_missing": _("Give a reason: the nominee and the minutes will name it."),
        "counts_refused": _("%(count)s out of %(base)s cannot be: the first number is part of the second."),
        "counts_source_missing": _("Name the source of the counts, so that they can be checked."),
        "conflict_of_interest": _("A conflict of interest keeps you from the evidence on this nominee."),
        "evidence_refused": _("Nothing was stored. Correct what is named and send the files again."),
        "evidence_nothing_sent": _("Choose at least one file."),
        "evidence_too_many": _("Send at most %(most)s files at once."),
        "evidence_empty": _("The file is empty."),
        "evidence_too_large": _("The file is larger than %(most)s MB, or unpacks to far more."),
        "evidence_kind_unknown": _("Only PDF, JPEG, PNG, XLSX and DOCX are taken; this file is none of them."),
        "evidence_damaged": _("The file is damaged or cut off. Open it and save it again."),
        "evidence_locked": _("The file has a password. Save a copy without it."),
        "evidence_has_macros": _("The file holds macros, which are not accepted. Save it without them."),
        "evidence_there_already": _("This file is stored for the nominee already, as “%(title)s”."),
        "evidence_twice": _("The same file was chosen twice."),
        "evidence_title_missing": _("Give the evidence a title."),
        "evidence_address_refused": _("Only addresses that begin with https:// are taken."),
        "evidence_criterion_unknown": _("The rubric of this category has no criterion %(criterion)s."),
        "evidence_late_reason_missing": _("Scoring has begun: say why this evidence comes late."),
        "evidence_reason_missing": _("Say why the evidence is withdrawn."),
        "evidence_withdrawn_already": _("“%(title)s” was withdrawn before."),
        "evidence_lost": _("The stored file of “%(title)s” is missing or differs. Tell the secretariat."),
        "batch_not_open": _("This import is not waiting for confirmation any more (%(state)s)."),
        "import_outdated": _("The recorded nominees have changed since the check. Check the workbook again."),
    }
)

# Workbooks as a whole
register(
    {
        "workbook_empty": _("The file is empty. Choose the workbook that you filled in."),
        "workbook_too_large": _("The file is larger than 5 MB. Remove pictures and other sheets, then save it again."),
        "workbook_encrypted": _("The workbook has a password. Save a copy without it."),
        "workbook_old_format": _("The workbook has an old format. Save it as “Excel Workbook (.xlsx)”."),
        "workbook_is_text": _("This is a text file, such as CSV. Copy the rows into the template and send that."),
        "workbook_not_excel": _("This is not an Excel workbook. Fill in the template and send that."),
        "workbook_damaged": _("The workbook is damaged. Open it in Excel and save it again as .xlsx."),
        "workbook_unpacks_too_large": _("The workbook unpacks to far more than a list of nominees. Use the template."),
        "workbook_has_macros": _("The workbook holds macros, which are not accepted. Save it as .xlsx without macros."),
        "workbook_has_doctype": _("The workbook holds declarations that Excel never writes. Use the template."),
        "workbook_too_heavy": _("The workbook takes too long to read. Copy only the rows into a new template."),
        "import_no_known_sheet": _("No sheet is called %(sheets)s. Use the template and keep the names of its sheets."),
        "import_no_rows": _("The workbook has no nominees. Write them below the headings; example rows are not read."),
        "import_sheet_unknown": _("This sheet is not known. Move its rows to one of %(sheets)s, or delete the sheet."),
        "import_header_missing": _("No headings in the first %(within)s rows. Copy the heading row of the template."),
        "import_too_many_rows": _("More than %(limit)s rows. Split the list over several workbooks."),
        "import_column_unknown": _(
            "The heading “%(header)s” is not known. Correct it as in the template, or delete it."
        ),
        "import_column_twice": _("The heading “%(header)s” stands here a second time. Keep one of the two columns."),
        "import_column_missing": _("The column “%(header)s” is missing. Add it as in the template."),
    }
)

# Cells of a workbook
register(
    {
        "import_cell_formula": _("A formula. Replace it by its value (copy, then paste values)."),
        "import_cell_error": _("An Excel error. Type the right value for “%(header)s”."),
        "import_cell_required": _("“%(header)s” is empty. It must be filled in."),
        "import_cell_too_long": _("The text has %(length)s characters or more; at most %(limit)s are possible."),
        "import_cell_code_as_number": _(
            "Excel has read “%(text)s” as a number or date. Format the cell as text and type it again."
        ),
        "import_cell_digits": _(
            "“%(text)s” must have exactly %(length)s digits. Format the cell as text, so that zeros in front stay."
        ),
        "import_cell_registration": _("“%(text)s” must have 5 to 20 letters and digits."),
        "import_cell_choice": _("“%(text)s” is not one of: %(choices)s."),
        "import_cell_number": _("“%(text)s” is not a whole number. Type digits only, such as 5300."),
        "import_cell_date": _("“%(text)s” is not a date. Type it like 31/12/2024."),
        "import_cell_email": _("“%(text)s” is not an e-mail address."),
        "import_cell_phone": _("“%(text)s” is not a phone number."),
        "import_cell_outside": _("Text in a column without heading. Delete it, or move it under a heading."),
        "import_indicator_incomplete": _("“%(header)s” is empty: both counts, their source and date belong together."),
        "import_counts_refused": _("%(count)s out of %(base)s cannot be: the first number is part of the second."),
    }
)

# Rows of a workbook against what is recorded
register(
    {
        "import_region_missing": _("Give the code of the region or its full name."),
        "import_region_unknown": _("“%(text)s” is not in the official list of this province. See the list of codes."),
        "import_region_ambiguous": _("“%(text)s” could be: %(choices)s. Give the code."),
        "import_region_elsewhere": _("“%(text)s” is not in %(within)s, but: %(choices)s. Correct one of the two."),
        "import_region_without_prefix": _("“%(text)s” needs its prefix; it could be: %(choices)s."),
        "import_region_kind": _("%(region)s is not a region of the kind that this sheet asks for."),
        "import_region_name_differs": _("“%(text)s” is not the name of %(region)s. Correct the name or the code."),
        "import_row_twice": _("The same nominee stands in %(other)s already. Keep one of the two rows."),
        "import_same_name": _(
            "%(name)s is recorded in %(region)s under the NIB %(nib)s. Correct the NIB, or tell the two apart by name."
        ),
        "import_nib_elsewhere": _("The NIB %(nib)s belongs to a business of another province. Check the number."),
        "import_category_unknown": _("“%(text)s” is not a category of this round. Categories here: %(choices)s."),
        "import_category_none": _("No category of this round takes this nominee. Categories here: %(choices)s."),
        "import_category_several": _("Several categories take this nominee: %(choices)s. Name one."),
        "import_category_misfit_kind": _("%(category)s is for nominees of another kind."),
        "import_category_misfit_sector": _("%(category)s is for another sector. Correct the sector or the category."),
        "import_category_misfit_size": _("%(category)s is for other sizes. Correct the size or the category."),
        "import_already_screened": _(
            "Nomination %(number)s is screened: an import does not change what it competes in. Put back the recorded "
            "value, or change it on the nominee's page."
        ),
    }
)
