"""The demo's story from the first day to the announcement, every step by the service that people use."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from judging.models import Recusal, Seat, Seating
from judging.selectors.standings import open_ties
from judging.services.announcement import announce
from judging.services.documents import issue_all
from judging.services.forwarding import forward_winners
from judging.services.handover import make_handover, send_handover, site_key
from judging.services.panels import substitute
from judging.services.plenary import confirm_decision, countersign, open_plenary, record_attendance
from judging.services.proposals import TieOrder
from judging.services.recusals import declare_recusal, settle_recusal
from judging.services.rounds import advance_round
from judging.services.schedule_releases import UNPLACED, release
from nominees.core.lifecycle import State
from nominees.models import Kind, Nomination, Round, Status
from nominees.services.imports import apply_import, check_import, template_of
from nominees.services.screening import screen_nomination
from paritrana.accounts.models import User
from paritrana.kernel.seal import KeyMissing, make_key

from .evidence import bring_samples
from .facts import PASSWORD, Facts
from .in_scoring import build_in_scoring
from .interviews import hold, plan_interviews
from .marks import Marks
from .national import new_national_round, open_national, play_national
from .people import administrator, person, staff
from .rounds import Place, demo_edition, new_round, open_nominations, province_of
from .sittings import codes, enter_secretariat_scores, holder, nominations_of
from .voting import show_hands
from .workbook import filled

Say = Callable[[str], object]
RELEASED = "Jadwal pertama (contoh)"
#: So many nominees have something beside their sheets.
WITH_EVIDENCE = 3


class ImportRefused(RuntimeError):
    """The demo's own workbook was refused: its fixtures and the import no longer agree."""


class Story:
    """The demo edition being built; each step moves the round on by what people did that day."""

    def __init__(self, facts: Facts, say: Say) -> None:
        self.facts, self.say = facts, say
        self.marks = Marks.of(facts.story)

    def prepare(self) -> None:
        """Edition, rounds and logins; nominations open in the province, nationally and in a second province."""
        start = self.facts.moment("2025-06-02", "09:00")
        self.admin = admin = administrator(self.facts, start)
        edition = demo_edition(self.facts, admin, start)
        self.round = new_round(edition, province_of(self.facts), admin, start)
        self.national = national = new_national_round(edition, admin, start)
        neighbour = new_round(edition, Place("51", "Asia/Makassar", "Denpasar"), admin, start)
        self.staff = staff(self.facts, [self.round, national, neighbour], admin, start)
        self.secretariat, self.second = self.staff["sekretariat"], self.staff["sekretariat2"]
        day = self.facts.moment("2025-06-05", "09:00")
        open_nominations(self.facts, self.round, self.secretariat, day)
        open_national(national, self.staff["nasional"], day)
        open_nominations(self.facts, neighbour, self.staff["sekretariat-bali"], day)
        self.chair = self._holder("sekda", day)
        self.say("Edisi, babak, panel, rubrik, dan peraturan siap")

    def nominate(self) -> None:
        """The workbook comes in and is screened; conflicts of interest are declared and confirmed."""
        at = self.facts.moment("2025-06-09", "10:00")
        names = dict(self.round.categories.values_list("code", "name"))
        content = filled(template_of(self.round), self.facts.nominees, names, as_of="31/12/2024")
        batch = check_import(
            round=self.round, file_name="nomine-contoh.xlsx", content=content, actor=self.secretariat, at=at
        )
        if batch.problems:
            raise ImportRefused(batch.problems[:5])
        apply_import(batch=batch, actor=self.secretariat, at=at)
        outside = self.facts.story["outside"]
        for nomination in nominations_of(self.round):
            is_outside = str(nomination) == outside["nominee"]
            screen_nomination(
                nomination=nomination,
                decision=Status.OUTSIDE if is_outside else Status.RUNNING,
                reason=outside["reason"] if is_outside else "",
                actor=self.secretariat,
                at=at + timedelta(days=3),
            )
        bring_samples(nominations_of(self.round)[:WITH_EVIDENCE], self.secretariat, at + timedelta(days=4))
        self._recuse(at + timedelta(days=7))
        self.say(f"{len(batch.rows)} nomine diimpor dan diseleksi")

    def score(self) -> None:
        """Interviews are planned and held, administrative scores entered twice, sheets submitted."""
        at = self.facts.moment("2025-06-18", "09:00")
        interviews = plan_interviews(
            self.facts, self.round, self._running_order(), self.facts.edition["interviews"], self.secretariat, at
        )
        release(
            round=self.round, note=RELEASED, actor=self.secretariat, at=at + timedelta(hours=1), confirmed=(UNPLACED,)
        )
        enter_secretariat_scores(self.round, self.marks, (self.secretariat, self.second), at)
        advance_round(
            round=self.round, target=State.SCORING, actor=self.secretariat, at=self.facts.moment("2025-06-23", "15:00")
        )
        told = self.facts.people["substitute"]
        change = self.facts.moment(told["starts_on"], "07:00")
        for interview in interviews:
            if (
                interview.starts_at > change
                and not Seating.objects.filter(round=self.round, is_substitute=True).exists()
            ):
                self._substitute(told, change)
            hold(self.facts, interview, self.marks, self.secretariat)
        self.say(f"{len(interviews)} wawancara selesai, semua lembar penilaian terkirim")

    def meet(self) -> None:
        """The plenary opens: sheets close, the tabulation is frozen, attendance is taken."""
        at = self.facts.moment("2025-07-03", "09:00")
        self.round.refresh_from_db()
        self.plenary = open_plenary(
            round=self.round, place=self.facts.edition["plenary_place"], actor=self.chair, at=at
        )
        absent = set(self.facts.story["plenary_absent"])
        present = {seat: seat.code not in absent for seat in Seat.objects.filter(round=self.round)}
        record_attendance(plenary=self.plenary, present=present, actor=self.secretariat, at=at)
        self.say("Pleno dibuka, rekapitulasi dibekukan")

    def decide(self) -> None:
        """The tie that no step of the chain separates is settled by vote; chair and secretary sign."""
        at = self.facts.moment("2025-07-03", "11:00")
        told = self.facts.story["plenary_tie"]
        for tie in open_ties(self.plenary.tabulation):
            order = sorted(tie.nominations, key=lambda nomination: str(nomination) != told["winner"])
            subject = tie.category or tie.pool
            if subject is None or {str(n) for n in order} != set(told["pair"]):
                raise LookupError(f"The demo's story has no vote for this tie: {tie}.")
            show_hands(self.plenary, TieOrder(subject, order), told, self.chair, at)
        confirm_decision(
            plenary=self.plenary,
            password=PASSWORD,
            minutes_number=self.facts.edition["minutes_number"],
            actor=self.chair,
            at=at + timedelta(hours=1),
        )
        countersign(
            plenary=self.plenary, password=PASSWORD, actor=self._holder("bpjs-tk", at), at=at + timedelta(minutes=65)
        )
        self.say("Ketua Tim 9 menetapkan hasil, sekretaris ikut menandatangani")

    def announce(self) -> None:
        """Papers are issued, the winners announced and sent on to the national round."""
        at = self.facts.moment("2025-07-04", "09:00")
        self.round.refresh_from_db()
        organiser = self.staff["panitia"]
        papers = issue_all(round=self.round, actor=organiser, at=at, code_generator=codes(self.facts.story["seed"]))
        announce(round=self.round, actor=organiser, at=self.facts.moment(self.facts.edition["ceremony_on"], "19:00"))
        forwarded = forward_winners(
            round=self.round, actor=self.secretariat, at=self.facts.moment("2025-07-22", "09:00")
        )
        self._hand_over(self.facts.moment("2025-07-22", "10:00"))
        self.say(f"{len(papers)} dokumen diterbitkan, {len(forwarded)} pemenang diusulkan ke tingkat nasional")

    def _hand_over(self, at: datetime) -> None:
        """Make the package too, as a province on a site of its own does, and say that it was sent."""
        try:
            site_key()
        except KeyMissing:
            make_key(Path(settings.HANDOVER_KEY))
        found = make_handover(round=self.round, actor=self.secretariat, at=at)
        send_handover(handover=found, how="Surel ke sekretariat nasional (contoh)", actor=self.secretariat, at=at)

    def judge_nationally(self) -> None:
        """Packages of three provinces come in; the national jury meets everybody and decides; winners are announced."""
        self.national.refresh_from_db()
        found = play_national(self.national, self.staff["nasional"], self.admin)
        self.say(f"Tingkat nasional: {found.nominations.count()} nomine dari 4 provinsi dinilai, pemenang diumumkan")

    def _running_order(self) -> list[Nomination]:
        """Small businesses first, then governments, villages and the other businesses, a category together."""
        kinds = (Kind.GOVERNMENT, Kind.VILLAGE, Kind.BUSINESS)
        return sorted(
            nominations_of(self.round),
            key=lambda n: (n.category.code != "ukm", kinds.index(Kind(n.category.kind)), n.category.position, n.number),
        )

    def _holder(self, code: str, at: datetime) -> User:
        return holder(self.facts, self.round, code, at)

    def _recuse(self, at: datetime) -> None:
        by_name = {str(nomination): nomination for nomination in nominations_of(self.round)}
        for told in self.facts.story["recusals"]:
            recusal: Recusal = declare_recusal(
                seat=Seat.objects.get(round=self.round, code=told["seat"]),
                nomination=by_name[told["nominee"]],
                reason=told["reason"],
                actor=self._holder(told["seat"], at),
                at=at,
            )
            settle_recusal(recusal=recusal, confirmed=True, actor=self.secretariat, at=at + timedelta(hours=2))

    def _substitute(self, told: dict[str, str], at: datetime) -> None:
        substitute(
            seat=Seat.objects.get(round=self.round, code=told["seat"]),
            user=person(told["username"], told["name"], at),
            name=told["name"],
            position_title=told["position"],
            starts_on=date.fromisoformat(told["starts_on"]),
            reason=told["reason"],
            actor=self.secretariat,
            at=at,
        )


STEPS = (Story.prepare, Story.nominate, Story.score, Story.meet, Story.decide, Story.announce, Story.judge_nationally)
UNTIL = {State.NOMINATION: 1, State.PLENARY: 4, State.ANNOUNCED: 7}


def build(say: Say, *, at: datetime, until: State = State.ANNOUNCED) -> Round:
    """Build the demo edition up to the state ``until`` in one transaction, and return the province's round.

    The edition in scoring beside it lies around the moment ``at``; everything else is the same on every day.
    """
    with transaction.atomic():
        story = Story(Facts(), say)
        for step in STEPS[: UNTIL[until]]:
            step(story)
        build_in_scoring(story.facts, story.admin, at)
        return story.round
