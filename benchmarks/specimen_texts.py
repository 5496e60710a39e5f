"""What the two specimens say: as long and as varied as real letters and plans, about nobody."""

LETTER = (
    "Välkommen till ett möte om samordnad individuell plan, SIP. Mötet handlar om stödet till ",
    "På mötet går vi igenom vad som fungerar i dag, vad som behövs framöver och vem som gör vad. Den som planen gäller "
    "bestämmer vilka som är med och vad som tas upp. Planen skrivs ned så att alla vet vad de har sagt ja till.",
    "Det är frivilligt att komma. Allt som sägs på mötet omfattas av sekretess: det får inte föras vidare till någon "
    "som inte själv är med, om inte den som planen gäller säger ja till det.",
    "Kan du inte komma, hör av dig till oss. Du kan också skicka med frågor och förslag i förväg, så tar vi upp dem.",
)

INVITED = (
    ("Robin Påhittsson", "psykiatrisjuksköterska", "Psykosmottagningen Provsala"),
    ("Alex Exempelsson", "boendestödjare", "Boendestödet Påhittstad"),
    ("Anna Testsson", "syster", "Närstående"),
    ("Sam Provsson", "distriktsläkare", "Påhittets vårdcentral"),
    ("Lo Exempelsson", "arbetsterapeut", "Rehabenheten Provsala"),
    ("Mio Provsson", "handläggare", "Försörjningsstödet Påhittstad"),
)

PRESENT = (("Test Testsson", "som planen gäller"), *INVITED[:5])

MEETING_NOTES = [
    "Jag vill kunna sova på nätterna, ta mig ut på dagarna och känna att någon håller ihop allt det som ska göras. "
    "Jag vill bo kvar i min lägenhet och på sikt prova att arbeta några timmar i veckan.",
    "Test berättade att våren har varit tung, och att det är de långa dagarna hemma som är svårast. Det som har hjälpt "
    "är de fasta tiderna med boendestödet och att systern ringer om kvällarna.",
    "Mottagningen och vårdcentralen har kommit överens om att recepten skrivs ut på ett ställe. Läkemedelslistan gås "
    "igenom tillsammans en gång i kvartalet, och ändringar meddelas samma dag.",
    "Om det blir sämre: Test ringer mottagningens telefontid, och på kvällar och helger den mobila enheten. "
    "Boendestödet hör av sig till mottagningen om Test inte öppnar två dagar i rad, vilket Test har sagt ja till.",
]

GOALS = (
    (
        "Sömnen är dålig sedan i vintras. Nätterna är oroliga, och förmiddagarna går bort.",
        "Jag sover minst sex timmar de flesta nätter",
        "Jag lägger bort telefonen klockan tio och skriver sömndagbok, även efter en dålig natt.",
        "Sömndagboken är Tests egen. Den visas bara för den som Test själv väljer.",
        (
            ("Sömnskola i grupp, fem gånger, med en första träff på egen hand", "Psykosmottagningen Provsala",
             "30 april 2026", "Test har varit med minst fyra gånger"),
            ("Genomgång av läkemedlen med tanke på sömn och trötthet", "Påhittets vårdcentral", "20 mars 2026",
             "En lista som alla har, och färre tabletter till natten"),
            ("Stöd med kvällsrutin: mat, dusch och lugn timme", "Boendestödet Påhittstad", "löpande från 18 mars",
             "Rutinen hålls fem kvällar av sju"),
            ("Mörkläggning och tyngdtäcke provas ut i hemmet", "Rehabenheten Provsala", "15 april 2026",
             "Test säger om det är till hjälp eller inte"),
        ),
    ),
    (
        "Test kommer sällan ut och har tappat kontakten med dem som stod nära.",
        "Jag är utanför hemmet minst en gång om dagen",
        "Jag ringer min syster om jag tänker låta bli att gå ut, och vi pratar om det innan jag bestämmer mig.",
        "Test bestämmer själv tempot. Två dagar utan att komma ut är inget misslyckande.",
        (
            ("Promenad med boendestödjare, med en ny väg varje vecka", "Boendestödet Påhittstad",
             "tre dagar i veckan", "Test går på egen hand en av gångerna i juni"),
            ("Studiebesök på träffpunkten tillsammans med systern", "Anna Testsson", "31 mars 2026",
             "Test har bestämt sig för om det passar"),
            ("Kontaktperson söks enligt Tests egna önskemål", "Vuxenenheten Påhittstad", "1 maj 2026",
             "En första träff är bokad"),
            ("Fysisk aktivitet på recept med uppföljande samtal", "Påhittets vårdcentral", "10 april 2026",
             "Två tillfällen i veckan från maj"),
        ),
    ),
    (
        "Ekonomin är oviss, och räkningar har blivit liggande sedan i höstas.",
        "Jag vet vad jag har att leva på, och räkningarna är betalda",
        "Jag öppnar posten samma dag som den kommer och lägger den i korgen i hallen.",
        "Skulden till bostadsbolaget är den enda som brådskar. En avbetalning är på förslag.",
        (
            ("Ansökan om försörjningsstöd görs tillsammans", "Försörjningsstödet Påhittstad", "12 mars 2026",
             "Beslut har kommit, och Test har förstått det"),
            ("Budgetrådgivning, tre samtal, med post och papper på bordet", "Vuxenenheten Påhittstad",
             "30 april 2026", "En enkel månadsplan på kylskåpet"),
            ("Autogiro för hyra och el", "Boendestödet Påhittstad", "27 mars 2026",
             "Inga påminnelser under april och maj"),
            ("Utredning av arbetsförmågan som underlag för ersättning", "Psykosmottagningen Provsala",
             "1 juni 2026", "Utlåtandet är skickat med Tests ja"),
        ),
    ),
    (
        "Test vill arbeta, men orkar inte mer än korta stunder och blir lätt störd av ljud.",
        "Jag har provat ett arbete eller en sysselsättning i min egen takt",
        "Jag skriver ned vad jag orkade och vad som störde, så att vi har något att gå efter.",
        "Inget händer förrän sömnen är bättre. Frågan tas upp på nytt vid uppföljningen.",
        (
            ("Bedömning av vardag och arbete, två hembesök", "Rehabenheten Provsala", "15 maj 2026",
             "En skriven bedömning som Test har läst"),
            ("Besök på två arbetsplatser som tar emot för prövning", "Vuxenenheten Påhittstad", "5 juni 2026",
             "Test har valt en av dem, eller ingen"),
            ("Arbetsprövning två timmar i veckan med handledare", "Vuxenenheten Påhittstad", "från 17 augusti",
             "Test har varit där åtta gånger på tolv veckor"),
            ("Hörselskydd och rast i ett lugnt rum ordnas på platsen", "Rehabenheten Provsala", "17 augusti 2026",
             "Ljudet nämns inte längre som hinder"),
        ),
    ),
    (
        "Tänderna har inte setts över på flera år, och Test är rädd för att gå till tandläkaren.",
        "Jag har friska tänder och kan äta utan att det gör ont",
        "Jag säger till innan det blir för mycket, och räcker upp handen som vi har kommit överens om.",
        "Tandläkaren får veta det som behövs för bemötandet, och inget om det övriga i planen.",
        (
            ("Intyg om nödvändig tandvård skrivs", "Påhittets vårdcentral", "20 mars 2026", "Kortet har kommit"),
            ("Lära känna-besök utan behandling, med systern som stöd", "Anna Testsson", "10 april 2026",
             "Test har suttit i stolen"),
            ("Behandling i små steg, med paus när Test räcker upp handen", "Folktandvården Provsala",
             "30 juni 2026", "Inga akuta besök under sommaren"),
            ("Stöd med tandborstning morgon och kväll", "Boendestödet Påhittstad", "löpande från 18 mars",
             "Tandköttet har lugnat sig vid nästa besök"),
        ),
    ),
)  # fmt: skip
