"""Issue documents: check consent, fill the template, freeze what was given out, write the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from sipctl import __version__
from sipctl.documents import content, fields, template
from sipctl.documents.template.text import docx_text
from sipctl.errors import NotFound, RuleNotMet
from sipctl.files import write_private
from sipctl.language import _
from sipctl.model.casefile import CaseFile
from sipctl.model.document import Template
from sipctl.model.meeting import Meeting
from sipctl.model.participant import Participant
from sipctl.model.plan import Plan
from sipctl.process import facts
from sipctl.process.consent import allowed_categories, consent_in_force, may_issue
from sipctl.process.guidance import Guidance
from sipctl.process.steps import last_held, planned_meeting
from sipctl.store import cases
from sipctl.tasks.desk import Desk
from sipctl.vocabulary.case import Step
from sipctl.vocabulary.consent import ConsentKind
from sipctl.vocabulary.documents import DocumentKind
from sipctl.vocabulary.meetings import InvitationKind, MeetingKind
from sipctl.vocabulary.people import ParticipantKind, Protection
from sipctl.vocabulary.units import SendBy

ENGINE = f"sipctl {__version__}"

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
_LETTERS = {
    InvitationKind.KALLELSE: DocumentKind.CALL,
    InvitationKind.INBJUDAN: DocumentKind.INVITATION,
    InvitationKind.LETTER: DocumentKind.LETTER,
}


@dataclass(frozen=True, slots=True)
class Order:
    """One document to make: its kind and for whom (None: the individual or the file)."""

    kind: DocumentKind
    recipient: Participant | None


@dataclass(frozen=True, slots=True)
class Issued:
    """A document that was made. ``advice`` is what to think of before it is sent."""

    path: Path
    kind: DocumentKind
    recipient: str
    send_by: str
    advice: tuple[str, ...]


def letters(case: CaseFile) -> list[Order]:
    """The letters to the planned meeting: kallelse, inbjudan and the individual's own."""
    meeting = planned_meeting(case)
    if meeting is None:
        raise RuleNotMet(
            _("Det finns inget planerat möte att kalla till i ärende {ref}.").format(ref=case.case.ref),
            _("Boka mötet med sipctl invite."),
        )
    rows = [row for row in case.invitations if row.meeting_id == meeting.id]
    orders = [Order(_LETTERS[row.kind], case.participant(row.participant_id)) for row in rows]
    return [order for order in orders if order.recipient is not None and order.recipient.left_on is None]


def orders(case: CaseFile, kind: DocumentKind, recipient_keys: Sequence[str] = ()) -> list[Order]:
    """What ``document CASE KIND`` makes: the letters of that kind, or one copy for each named recipient.

    Without recipients a plan, follow-up or closure is made whole, for the individual and the file.
    """
    if recipient_keys:
        return [Order(kind, _recipient(case, key)) for key in recipient_keys]
    if kind in _LETTERS.values():
        return [order for order in letters(case) if order.kind == kind]
    return [Order(kind, None)]


def issue(desk: Desk, case: CaseFile, wanted: Sequence[Order]) -> list[Issued]:
    """Make the documents, all or none, and freeze each in the case.

    Raises ``RuleNotMet`` before anything is written when one of them goes beyond consent.
    """
    guidance = desk.guidance_of(case.case.pack)
    advice = [_refuse_beyond_consent(case, order, desk.today) for order in wanted]
    made = [(order, *_fill(desk, case, order, guidance)) for order in wanted]
    folder = desk.home.documents / case.case.ref
    issued: list[Issued] = []
    try:
        for (order, compiled, source, data), said in zip(made, advice, strict=True):
            path = folder / _file_name(case, order)
            write_private(path, compiled.render(data))
            issued.append(Issued(path, order.kind, recipient_name(order), _way(order).text, tuple(said)))
            _freeze(desk, case, order, compiled, source, data, path.name)
            _mark_sent(case, order, desk.today)
        facts.refresh(case, guidance)
        kinds = " ".join(sorted({order.kind.value for order in wanted}))
        cases.save(desk.store, case, "document.issue", purpose=kinds)
    except BaseException:
        for item in issued:  # a document that is not in the case was never given out
            item.path.unlink(missing_ok=True)
        raise
    return issued


def preview(desk: Desk, case: CaseFile, order: Order) -> str:
    """The text of a document as its recipient would read it; nothing is written or kept."""
    _refuse_beyond_consent(case, order, desk.today)
    compiled, _source, data = _fill(desk, case, order, desk.guidance_of(case.case.pack))
    return docx_text(compiled.render(data))


def cautions(case: CaseFile, wanted: Sequence[Order], today: date) -> list[str]:
    """What a person must confirm before these leave: protected data, and limits no machine can keep."""
    to_others = [order for order in wanted if not _is_individual(order)]
    lines = {line for order in to_others for line in _limits(case, order, today)}
    if to_others and is_protected(case):
        lines.add(_("Någon i ärendet har skyddade personuppgifter. Läs igenom dokumentet innan det lämnas."))
    return sorted(lines)


def is_protected(case: CaseFile) -> bool:
    """Does anybody in the case have protected personal data? Then each letter is handled singly."""
    protections = [case.person.protection, *(person.protection for person in case.participants)]
    return any(protection != Protection.NONE for protection in protections)


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


@cache
def _compiled(path: Path, texts: tuple[str, ...]) -> tuple[template.Template, bytes]:
    source = path.read_bytes()
    kind = DocumentKind(path.stem) if path.stem in list(DocumentKind) else None
    return template.compile(source, name=path.name, known=fields.known_for(kind, texts)), source


def _fill(
    desk: Desk, case: CaseFile, order: Order, guidance: Guidance
) -> tuple[template.Template, bytes, dict[str, object]]:
    """The compiled template, its bytes, and the data this recipient may see."""
    path = guidance.templates.get(order.kind)
    if path is None:
        raise NotFound(
            _("Paketet {pack} har ingen mall för {kind}.").format(pack=guidance.pack, kind=order.kind.text),
            _("Se sipctl template list."),
        )
    compiled, source = _compiled(path, tuple(guidance.texts))
    data = content.build(order.kind, case, _issue(desk, case, order, guidance))
    return compiled, source, data


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
        name_person=order.recipient is None or _way(order).is_protected,
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


def _refuse_beyond_consent(case: CaseFile, order: Order, today: date) -> list[str]:
    """Advice for this document; raises ``RuleNotMet`` when it must not be made."""
    verdict = may_issue(case, order.kind, order.recipient, today)
    if not verdict.possible:
        raise RuleNotMet(
            _("{kind} kan inte lämnas till {who}: {reason}").format(
                kind=order.kind.text.capitalize(), who=recipient_name(order), reason=verdict.reason
            ),
            _("Se samtycket med sipctl case show, eller ändra det med sipctl consent."),
        )
    advice = [verdict.advice] if verdict.advice else []
    if not _is_individual(order) and order.kind in (DocumentKind.PLAN, DocumentKind.FOLLOWUP):
        _refuse_uncovered(case, order, today)
    return advice


def _refuse_uncovered(case: CaseFile, order: Order, today: date) -> None:
    needed = content.required_categories(order.kind, case, _plan(case))
    lacking = sorted(category.text for category in needed - allowed_categories(case, order.recipient, today))
    if lacking:
        raise RuleNotMet(
            _("{kind} kan inte lämnas till {who}: samtycket omfattar inte {what}.").format(
                kind=order.kind.text.capitalize(), who=recipient_name(order), what=", ".join(lacking)
            ),
            _("Ändra samtycket med sipctl consent, om den enskilde vill det."),
        )


def _limits(case: CaseFile, order: Order, today: date) -> list[str]:
    """Limits in free text cannot be kept by a machine: they are shown, and a person confirms."""
    consent = consent_in_force(case, ConsentKind.INFORMATION, today)
    if consent is None or not consent.limits or _is_individual(order):
        return []
    return [_("Samtycket omfattar INTE: {limits}").format(limits=consent.limits)]


def _mark_sent(case: CaseFile, order: Order, today: date) -> None:
    """A recipient who was added after the letters went out is called on the day of their letter."""
    meeting = planned_meeting(case)
    for row in case.invitations:
        is_letter = meeting and row.meeting_id == meeting.id and _LETTERS[row.kind] == order.kind
        if is_letter and order.recipient and row.participant_id == order.recipient.id and row.sent_on is None:
            case.change(row, sent_on=today)


def _freeze(
    desk: Desk, case: CaseFile, order: Order, compiled: template.Template, source: bytes, data: object, file_name: str
) -> None:
    plan, meeting = _plan(case), _meeting(case, order.kind)
    cases.keep_template(desk.store, Template(sha=compiled.sha256, name=compiled.name, content=source))
    case.add(
        "documents",
        kind=order.kind,
        participant_id=order.recipient.id if order.recipient else None,
        plan_id=plan.id if plan else None,
        meeting_id=meeting.id if meeting else None,
        template_sha=compiled.sha256,
        data=data,
        engine=ENGINE,
        file_name=file_name,
        issued_at=cases.now(),
        issued_by=desk.settings.coordinator,
    )


def _file_name(case: CaseFile, order: Order) -> str:
    """Reference, kind, recipient's key and a running number: never a name or an identity number."""
    word = _FILE_WORDS[order.kind]
    to = f"-{order.recipient.key}" if order.recipient else ""
    stem = f"{case.case.ref}-{word}{to}"
    number = 1 + sum(document.file_name.startswith(f"{stem}-v") for document in case.documents)
    return f"{stem}-v{number}.docx"


def _way(order: Order) -> SendBy:
    return SendBy.LETTER if order.recipient is None or _is_individual(order) else order.recipient.send_by


def recipient_name(order: Order) -> str:
    """How the recipient is named on screen: a unit by name, people by what they are."""
    if order.recipient is None or _is_individual(order):
        return _("den enskilde")
    return order.recipient.unit_name or order.recipient.kind.text


def _is_individual(order: Order) -> bool:
    return order.recipient is None or order.recipient.kind == ParticipantKind.PERSON


def _recipient(case: CaseFile, key: str) -> Participant:
    found = case.by_key(key)
    if found is None:
        raise NotFound(
            _("Det finns ingen deltagare {key} i ärende {ref}.").format(key=key, ref=case.case.ref),
            _("Se deltagarna med sipctl case show."),
        )
    return found
