"""What the list of fields says to whoever edits a template. Swedish only: it is a document."""

GROUPS = {
    "document": "Dokumentet",
    "sip": "SIP:en",
    "sender": "Avsändaren",
    "recipient": "Mottagaren",
    "person": "Den enskilde",
    "meeting": "Mötet",
    "others": "Övriga kallade och inbjudna",
    "consent": "Samtycket",
    "discharge": "Utskrivning från sjukhus",
    "preparation": "Förberedelsen",
    "plan": "Planen",
    "followup": "Uppföljningen",
    "closure": "Avslutet",
    "extras": "Regionens egna frågor",
}
"""Headings by the first part of the names."""

ITEMS = {
    "others": "who",
    "consent.categories": "category",
    "consent.recipients": "to",
    "consent.recipients.choices": "choice",
    "plan.present": "who",
    "plan.absent": "who",
    "plan.needs": "need",
    "plan.needs.goals": "goal",
    "plan.needs.goals.actions": "action",
    "plan.others": "action",
    "followup.goals": "goal",
    "followup.actions": "action",
    "extras": "extra",
    "meeting.questions": "question",
    "consent.covers": "category",
}
"""What one turn of a loop is called, by the name of the list: as in the shipped templates."""

TAGS = (
    ("fylla i en uppgift", "{{ sender.name }}", "Kim Påhittsson"),
    ("skriva något annat när uppgiften saknas", "{{ sender.phone or 'fråga i receptionen' }}", "010-000 00 00"),
    ("skriva en dag i ord", "{{ document.date|datum }}", "31 augusti 2026"),
    ("skriva en dag med siffror", "{{ document.date|kortdatum }}", "2026-08-31"),
    ("skriva ett klockslag", "{{ meeting.starts_at|klockan }}", "10.00"),
    ("skriva ja eller nej", "{{ sip.discharge|ja_nej }}", "nej"),
    ("skriva med stora bokstäver", "{{ document.kind|upper }}", "KALLELSE"),
    ("skriva med små bokstäver", "{{ text.label_reply_by|lower }}", "svara senast"),
    ("börja med stor bokstav", "{{ document.kind|capitalize }}", "Kallelse"),
    ("ha stor bokstav i varje ord", "{{ document.kind|title }}", "Kallelse"),
    ("ta bort blanksteg i början och slutet", "{{ sip.ref|trim }}", "2026-0007"),
    ("ha med några ord bara när uppgiften finns", "{% if sender.phone %}Ring {{ sender.phone }}.{% endif %}",
     "Ring 010-000 00 00."),
    ("välja mellan två texter", "{% if meeting.video %}Mötet är på video.{% else %}Mötet är på plats.{% endif %}",
     "Mötet är på plats."),
    ("skriva en lista på en rad", "{{ meeting.questions|join('; ') }}", "Vad behövs för att jag ska sova bättre?"),
    ("skriva en lista med en sak på varje rad", "{{ others|join('\\n', attribute='line') }}",
     "Kim Påhittsson, kommunen"),
    ("skriva hur många det är", "{{ others|length }}", "1"),
    ("skriva den första i listan", "{{ meeting.questions|first }}", "Vad behövs för att jag ska sova bättre?"),
    ("skriva den sista i listan", "{{ meeting.questions|last }}", "Vad behövs för att jag ska sova bättre?"),
    ("använda regionpaketets ord", "{{ text.call_heading }}", "Kallelse till SIP-möte"),
    ("skriva ett streck när uppgiften är tom", "{{ meeting.contact|default('–', true) }}",
     "Receptionen, 010-000 00 00"),
)  # fmt: skip
"""What one may want, how it is written, and what it becomes with the fields' examples."""

RULES = (
    "Varje {% if … %} ska ha ett {% endif %}, och varje {% for … %} ett {% endfor %}.",
    "Med p, som i {%p if … %}, gäller raden hela stycken. Den ska stå ensam i sitt stycke, och stycket försvinner.",
    "Med tr, som i {%tr for … %}, gäller den tabellrader. Den ska stå ensam i en egen tabellrad före den rad som ska "
    "upprepas, och {%tr endfor %} i en egen tabellrad efter. De två raderna försvinner.",
    "En uppgift kan saknas fast den är ifylld i ärendet: mottagaren får bara veta det som samtycket omfattar. Spalten "
    "Samtycke om visar vad det gäller; – betyder att uppgiften inte kräver det. Skriv så att dokumentet går att läsa "
    "även när något saknas.",
    "Byt inte ut ett namn mot ett eget. Ett namn som inte finns i listan är ett fel, och kontrollen säger vilket.",
    "Skriv inget om en verklig person i mallen, inte heller i kommentarer eller i dokumentets egenskaper.",
)
"""What to think of."""

COMMANDS = (
    ("Kontrollera mallen. Alla fel visas på en gång, med plats och åtgärd:",
     "sipctl template check mall.docx --kind {kind}"),
    ("Prova mallen med påhittade uppgifter:", "sipctl template preview mall.docx --kind {kind}"),
    ("Ta mallen i bruk:", "sipctl template install mall.docx --kind {kind}"),
)  # fmt: skip
"""What to do with a template that is ready."""
