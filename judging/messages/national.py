"""Sentences about the national round: zones, claims of provinces and their verification."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "zone_code_taken": _("There is a zone with the code %(code)s already."),
        "zone_name_taken": _("There is a zone called %(name)s already."),
        "zone_of_other_round": _("The zone %(zone)s divides another round."),
        "province_in_other_zone": _("%(province)s lies in the zone %(zone)s already. A province has one zone."),
        "zone_in_use": _("These categories belong to the zone %(zone)s: %(categories)s. Give them another first."),
        "zone_winners_in": _("Winners came by the present division already: %(nominees)s. It stays as it is for them."),
        "claim_words_missing": _("Write what is claimed, and give it a name."),
        "claim_taken": _("This nominee has a claim with the name %(label)s already."),
        "claim_verdict_missing": _("Choose what the verification found."),
        "claim_basis_missing": _("Write down on what basis: which paper, whose word, which count."),
        "claim_found_missing": _("A correction says what was found; for counts both numbers."),
        "claim_found_same": _("That is what is claimed: %(claimed)s. Confirm it, or enter what was found instead."),
        "claim_found_not_kept": _(
            "You entered %(counts)s, the province claims %(claimed)s, and this verdict would drop what you entered."
            " Choose “Corrected”, or enter what is claimed again."
        ),
        "claim_told_anew": _(
            "The province tells other counts by now: %(counts)s. Correct the claim to what was found."
        ),
        "claim_counts_stand": _("Its counts decide about the score already. Correct them to what was found."),
        "claim_meanwhile": _("%(name)s verified this claim meanwhile. Look at it again."),
        "claim_renewed": _("What is claimed has changed meanwhile: %(claimed)s. Look at it again."),
        "unmet_claims_unlisted": _("%(nominee)s: what came with it from the province is not listed as claims yet."),
        "unmet_claims_open": _("%(nominee)s: %(count)s claims of the province are not checked yet."),
    }
)
