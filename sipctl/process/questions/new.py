"""``case new``: who it is about, and how the case came. As few questions as the law allows."""

from __future__ import annotations

from typing import Any

from sipctl.language import _
from sipctl.process.context import Context
from sipctl.process.form import Form, Kind, Prefer, Q
from sipctl.process.identity import parse_number
from sipctl.process.questions.parts import always, choices, is_, not_after
from sipctl.vocabulary.case import Route, TargetGroup
from sipctl.vocabulary.meetings import Answer
from sipctl.vocabulary.people import LegalSex, Protection

VERSION = 1


def form(context: Context, *, called: bool) -> Form:
    """The questions; ``called`` when the kallelse came from somebody else."""
    title = _("Registrera en kallelse till SIP") if called else _("Nytt ärende")
    questions = (*_person(context), *(_call(context) if called else _route()), *_more(context))
    return Form("new", title, VERSION, questions, hurried=lambda answers: answers.get("route") == Route.DISCHARGE)


def _person(context: Context) -> tuple[Q, ...]:
    no_number = is_("id_number", None)
    return (
        Q(
            "id_number",
            _("Personnummer eller samordningsnummer"),
            Kind.IDNUMBER,
            check=lambda value, item: check_number(value, context),
            why=_("Hoppa över om numret är okänt eller om personen har ett reservnummer."),
        ),
        Q("other_id", _("Reservnummer eller annat id"), when=no_number),
        Q("birth_date", _("Född"), Kind.DATE, when=no_number, prefer=Prefer.PAST, check=not_after(context.today)),
        Q("name", _("Namn"), required=True),
        Q(
            "protection",
            _("Har personen skyddade personuppgifter?"),
            Kind.CHOICE,
            choices(Protection),
            required=True,
            default=always("none"),
            why=_(
                "Skyddet styr vad breven visar. Fingerade personuppgifter markeras aldrig: "
                "följ er särskilda rutin för dem."
            ),
        ),
    )


def _route() -> tuple[Q, ...]:
    return (
        Q(
            "route",
            _("Hur börjar ärendet?"),
            Kind.CHOICE,
            choices(Route),
            required=True,
            default=always("opencare"),
            why=_("Vid utskrivning gäller lag 2017:612 med egna tider, annars SoL och HSL."),
        ),
    )


def _call(context: Context) -> tuple[Q, ...]:
    past = not_after(context.today)
    return (
        *_route(),
        Q("received_on", _("När kom kallelsen?"), Kind.DATE, required=True, prefer=Prefer.PAST, check=past),
        Q("sender_unit", _("Vilken enhet kallar?"), required=True),
        Q("sender_contact", _("Kontaktperson och telefon")),
        Q(
            "sip_number",
            _("SIP-nummer i kallelsen"),
            why=_("Med sammankallandes nummer räknas planen en enda gång i länet."),
        ),
        Q("meeting_at", _("När är mötet?"), Kind.DATETIME, prefer=Prefer.FUTURE),
        Q("place", _("Var är mötet?"), when=lambda item, top: bool(item.get("meeting_at"))),
        Q("reply_by", _("Senaste svarsdag"), Kind.DATE, prefer=Prefer.FUTURE),
        *reply_questions(context),
    )


def reply_questions(context: Context) -> tuple[Q, ...]:
    """Our own answer to a kallelse; the same when it is changed later."""
    answered = is_("answer", "yes", "substitute", "passed_on", "no")
    return (
        Q(
            "answer",
            _("Vad svarar vi?"),
            Kind.CHOICE,
            choices(Answer),
            required=True,
            default=always("none"),
            why=_(
                "Skyldigheten gäller huvudmannen. Är ni fel enhet: hitta den rätta inom er huvudman och "
                "meddela den som kallat, annars deltar ni själva."
            ),
        ),
        Q("answered_on", _("När svarade vi?"), Kind.DATE, when=answered, prefer=Prefer.PAST, required=True,
          check=not_after(context.today), default=always(context.today.isoformat())),
        Q("substitute", _("Vem ersätter?"), when=is_("answer", "substitute"), required=True),
        Q("passed_to", _("Vilken enhet har tagit över?"), when=is_("answer", "passed_on"), required=True),
        Q("note", _("Anteckning om svaret"), Kind.LONG, when=is_("answer", "no"), required=True),
    )  # fmt: skip


def _more(context: Context) -> tuple[Q, ...]:
    no_number = is_("id_number", None)
    return (
        Q("target_group", _("Målgrupp"), Kind.CHOICE, choices(TargetGroup), offered=True,
          why=_("Används bara i statistiken.")),
        Q("kommun", _("Kommun som ansvarar för stödet"), offered=True,
          default=always(context.kommun_name or context.kommun),
          check=lambda value, item: check_kommun(value, context)),
        Q("address", _("Adress (för brev)"), Kind.LONG, offered=True),
        Q("phone", _("Telefon"), offered=True),
        Q("language", _("Behövs tolk? Vilket språk?"), offered=True),
        Q("adaptations", _("Annat som personen behöver för att delta"), Kind.LONG, offered=True),
        Q("legal_sex", _("Juridiskt kön"), Kind.CHOICE, choices(LegalSex), when=no_number, offered=True,
          why=_("Används bara i statistiken.")),
    )  # fmt: skip


def check_number(value: Any, context: Context) -> str | None:
    """One sentence when the number cannot be right, or may not be used here."""
    try:
        number = parse_number(str(value), context.today)
    except ValueError as error:
        return str(error)
    if not context.is_accepted_number(number):
        return _(
            "Det här registret är bara för påhittade uppgifter: använd ett av Skatteverkets testnummer. "
            "Riktiga uppgifter kräver myndighetens beslut och ett eget register (sipctl init)."
        )
    return None


def check_kommun(value: Any, context: Context) -> str | None:
    """One sentence when there is no such kommun."""
    if context.find_kommun(str(value)) is None:
        return _("Det finns ingen kommun med det namnet eller den koden.")
    return None
