"""Issue documents: check consent, fill the template, freeze what was given out, write the file.

``prepare`` writes nothing, ``write`` makes the files and adds the document to the case in memory, and
saving the case is the caller's: one case at a time here, hundreds in ``tasks.batch``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sipctl import __version__
from sipctl.documents import content, fields, template
from sipctl.documents.template.text import docx_text
from sipctl.errors import NotFound, SipctlError
from sipctl.files import ensure_private, write_private
from sipctl.language import _
from sipctl.model.casefile import CaseFile
from sipctl.model.document import Template
from sipctl.model.meeting import Meeting
from sipctl.model.plan import Plan
from sipctl.process import facts
from sipctl.process.consent import allowed_categories
from sipctl.process.guidance import Guidance
from sipctl.process.steps import last_held, planned_meeting
from sipctl.store import cases
from sipctl.store.listing import document_names
from sipctl.tasks import calendars, template_shelf
from sipctl.tasks.desk import Desk
from sipctl.tasks.orders import LETTERS, Order
from sipctl.tasks.permission import refuse_beyond_consent
from sipctl.vocabulary.documents import DocumentKind
from sipctl.vocabulary.meetings import MeetingKind
from sipctl.vocabulary.steps import Step

ENGINE = f"sipctl {__version__}"
Note = Callable[[Path, bytes], None]

_FILE_WORDS = {
    DocumentKind.CONSENT: "samtycke",
    DocumentKind.PREPARATION: "forberedelse",
    DocumentKind.CALL: "kallelse",
    DocumentKind.INVITATION: "inbjudan",
    DocumentKind.LETTER: "brev",
    DocumentKind.AGENDA: "dagordning",
    DocumentKind.PLAN: "plan",
    DocumentKind.FOLLOWUP: "uppfoljning",
    DocumentKind.CLOSURE: "avslut",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A document ready to be written: what fills which template. ``advice`` is what to think of first."""

    order: Order
    path: Path
    template: template.Template
    source: bytes
    data: dict[str, Any]
    meeting: Meeting | None
    advice: tuple[str, ...]

    @property
    def issued(self) -> Issued:
        """The document as it is told of, before or after it is written."""
        order, is_letter = self.order, self.order.kind in LETTERS.values()
        calendar = self.path.with_suffix(".ics") if is_letter and self.meeting else None
        return Issued(self.path, order.kind, order.to, order.send_by.text, self.advice, calendar)

    @property
    def kept(self) -> Template:
        """The template's bytes as the store keeps them, by hash."""
        return Template(sha=self.template.sha256, name=self.template.name, content=self.source)


@dataclass(frozen=True, slots=True)
class Issued:
    """A document that was made, with its calendar file when it is a letter to a meeting."""

    path: Path
    kind: DocumentKind
    recipient: str
    send_by: str
    advice: tuple[str, ...]
    calendar: Path | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """All that was written."""
        return (self.path, self.calendar) if self.calendar else (self.path,)


def issue(desk: Desk, case: CaseFile, wanted: Sequence[Order]) -> list[Issued]:
    """Make the documents, all or none, and freeze each in the case.

    Raises ``RuleNotMet`` before anything is written when one of them goes beyond consent.
    """
    papers = [prepare(desk, case, order) for order in wanted]
    issued = write_all(desk, case, papers)
    try:
        facts.refresh(case, desk.guidance_of(case.case.pack))
        kinds = " ".join(sorted({order.kind.value for order in wanted}))
        kept = {paper.template.sha256: paper.kept for paper in papers}
        cases.save(desk.store, case, "document.issue", purpose=kinds, templates=kept.values())
    except BaseException:
        take_away(desk, case, issued)
        raise
    return issued


def prepare(desk: Desk, case: CaseFile, order: Order) -> Paper:
    """The document as it would be made; raises ``RuleNotMet`` when consent does not cover it."""
    advice = refuse_beyond_consent(case, order, desk.today)
    guidance = desk.guidance_of(case.case.pack)
    path = _template_path(desk, guidance, order)
    compiled, source = _compiled(path, order.kind, tuple(guidance.texts))
    data = content.build(order.kind, case, _issue(desk, case, order, guidance))
    where = desk.home.documents / case.case.ref / _file_name(case, order)
    return Paper(order, where, compiled, source, data, _meeting(case, order.kind), advice)


def write_all(
    desk: Desk,
    case: CaseFile,
    papers: Sequence[Paper],
    *,
    replace: bool = False,
    verify: bool = True,
    note: Note | None = None,
) -> list[Issued]:
    """Write the documents of a case, all or none, and add them to it; the case is not saved.

    With ``verify`` each is parsed before it is written, which takes several times as long as making it.
    ``note`` hears of each file before it is written.
    """
    ours = [paper.issued for paper in papers if not paper.path.exists()]
    try:
        return [_write(desk, case, paper, replace, verify, note) for paper in papers]
    except BaseException:
        take_away(desk, case, ours)
        raise


def take_away(desk: Desk, case: CaseFile, issued: Sequence[Issued]) -> None:
    """Remove the files of documents that did not get into their case: those were never given out.

    What the case has in the store stays: another window may have made the very same. When that cannot be
    known nothing is removed, since a file too many is better than one too few.
    """
    try:
        kept = document_names(desk.store, case.case.ref)
    except SipctlError:
        return
    for item in issued:
        if item.path.name in kept:
            continue
        for path in item.files:
            with contextlib.suppress(OSError):  # not there, or in a folder that takes no files
                path.unlink()


def _write(desk: Desk, case: CaseFile, paper: Paper, replace: bool, verify: bool, note: Note | None) -> Issued:
    """Write the files, and add the document to the case, which is not saved.

    A file of a run that was cut off is taken for ours when it is the very same; else it stops this,
    unless ``replace``.
    """
    order, plan, meeting, issued = paper.order, _plan(case), paper.meeting, paper.issued
    files = {paper.path: paper.template.render(paper.data, verify=verify)}
    if issued.calendar and meeting and order.recipient:
        files[issued.calendar] = calendars.entry(desk, meeting, order.recipient.id, paper.data["meeting"])
    for path, whole in files.items():
        if note:
            note(path, whole)
        ensure_private(path, whole, replace=replace)
    case.add(
        "documents",
        kind=order.kind,
        participant_id=order.recipient.id if order.recipient else None,
        plan_id=plan.id if plan else None,
        meeting_id=meeting.id if meeting else None,
        template_sha=paper.template.sha256,
        data=paper.data,
        engine=ENGINE,
        file_name=paper.path.name,
        issued_at=cases.now(),
        issued_by=desk.settings.coordinator,
    )
    _mark_sent(desk, case, order)
    return issued


def preview(desk: Desk, case: CaseFile, order: Order) -> str:
    """The text of a document as its recipient would read it; nothing is written or kept."""
    paper = prepare(desk, case, order)
    return docx_text(paper.template.render(paper.data))


def make_again(desk: Desk, case: CaseFile, kind: DocumentKind) -> list[Path]:
    """Write the documents of that kind once more, from the frozen template and data."""
    frozen = [document for document in case.documents if document.kind == kind]
    if not frozen:
        raise NotFound(
            _("Det finns inget sådant dokument ({kind}) att göra om i ärende {ref}.").format(
                kind=kind.text, ref=case.case.ref
            ),
            _("Gör det utan --again."),
        )
    paths = []
    for document in frozen:
        kept = cases.load_template(desk.store, document.template_sha)
        assert kept is not None  # a foreign key
        compiled = template.compile(kept.content, name=kept.name)
        path = desk.home.documents / case.case.ref / document.file_name
        write_private(path, compiled.render(dict(document.data)), replace=True)
        paths.append(path)
    return paths


def journal(desk: Desk, case: CaseFile, step: Step) -> str:
    """The dated note on a step, to copy into the unit's own system."""
    from sipctl.documents.journal import note

    guidance = desk.guidance_of(case.case.pack)
    return note(step, case, _issue(desk, case, Order(DocumentKind.CLOSURE, None), guidance))


def _template_path(desk: Desk, guidance: Guidance, order: Order) -> Path:
    """The template for this recipient: a kommun, a region or all of a huvudman's units may have one of their own."""
    to = order.recipient
    path = guidance.template(order.kind, to.huvudman or "", desk.body_of(to)) if to else guidance.template(order.kind)
    if path is None:
        raise NotFound(
            _("Paketet {pack} har ingen mall för {kind}.").format(pack=guidance.pack, kind=order.kind.text),
            _("Se sipctl template list."),
        )
    return path


@cache
def _compiled(path: Path, kind: DocumentKind, texts: tuple[str, ...]) -> tuple[template.Template, bytes]:
    source = template_shelf.read(path)
    return template.compile(source, name=path.name, known=fields.known_for(kind, texts)), source


def _issue(desk: Desk, case: CaseFile, order: Order, guidance: Guidance) -> content.Issue:
    return content.Issue(
        recipient=order.recipient,
        today=desk.today,
        settings=desk.settings,
        guidance=guidance,
        allowed=allowed_categories(case, order.recipient, desk.today),
        meeting=_meeting(case, order.kind),
        plan=_plan(case),
        followup=case.followups[-1] if case.followups else None,
        name_person=order.recipient is None or order.send_by.is_protected,
    )


def _meeting(case: CaseFile, kind: DocumentKind) -> Meeting | None:
    """The meeting a document is about: the plan's own, the follow-up's own, else the one to come."""
    plan = _plan(case)
    if kind == DocumentKind.PLAN and plan and plan.meeting_id:
        return next((m for m in case.meetings if m.id == plan.meeting_id), None)
    if kind == DocumentKind.FOLLOWUP and case.followups:
        return next((m for m in case.meetings if m.id == case.followups[-1].meeting_id), None)
    return planned_meeting(case) or last_held(case, MeetingKind.SIP)


def _plan(case: CaseFile) -> Plan | None:
    """The draft while there is one (marked *Utkast*), else the plan in force."""
    return case.draft_plan or case.plan


def _mark_sent(desk: Desk, case: CaseFile, order: Order) -> None:
    """A recipient who was added after the letters went out is called on the day of their letter."""
    meeting = planned_meeting(case)
    for row in case.invitations:
        is_letter = meeting and row.meeting_id == meeting.id and LETTERS[row.kind] == order.kind
        if is_letter and order.recipient and row.participant_id == order.recipient.id and row.sent_on is None:
            case.change(row, sent_on=desk.today)


def _file_name(case: CaseFile, order: Order) -> str:
    """Reference, kind, recipient's key and a running number: never a name or an identity number."""
    word = _FILE_WORDS[order.kind]
    to = f"-{order.recipient.key}" if order.recipient else ""
    stem = f"{case.case.ref}-{word}{to}"
    number = 1 + sum(document.file_name.startswith(f"{stem}-v") for document in case.documents)
    return f"{stem}-v{number}.docx"
