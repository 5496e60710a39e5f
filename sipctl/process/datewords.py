"""The words of dates, in Swedish and English, casefolded."""

_MONTH_WORDS = (
    "januari january jan",
    "februari february feb febr",
    "mars march mar",
    "april apr",
    "maj may",
    "juni june jun",
    "juli july jul",
    "augusti august aug",
    "september sept sep",
    "oktober october okt oct",
    "november nov",
    "december dec",
)
MONTHS = {word: number for number, words in enumerate(_MONTH_WORDS, 1) for word in words.split()}

# With the forms of "i fredags"; the shortest are only those that nobody writes for anything else.
_DAY_WORDS = (
    "måndag måndags måndagen mån monday mon",
    "tisdag tisdags tisdagen tis tuesday tue",
    "onsdag onsdags onsdagen ons wednesday wed",
    "torsdag torsdags torsdagen tors thursday thu",
    "fredag fredags fredagen fre friday fri",
    "lördag lördags lördagen lör saturday sat",
    "söndag söndags söndagen sön sunday sun",
)
WEEKDAYS = {word: number for number, words in enumerate(_DAY_WORDS) for word in words.split()}

NAMED_DAYS = {
    "idag": 0,
    "i dag": 0,
    "nu": 0,
    "today": 0,
    "imorgon": 1,
    "i morgon": 1,
    "imorron": 1,
    "i morron": 1,
    "tomorrow": 1,
    "igår": -1,
    "i går": -1,
    "yesterday": -1,
    "övermorgon": 2,
    "i övermorgon": 2,
    "iövermorgon": 2,
    "day after tomorrow": 2,
    "the day after tomorrow": 2,
    "förrgår": -2,
    "i förrgår": -2,
    "iförrgår": -2,
    "day before yesterday": -2,
    "the day before yesterday": -2,
}

_NUMBER_WORDS = (
    "en ett a an one",
    "två two",
    "tre three",
    "fyra four",
    "fem five",
    "sex six",
    "sju seven",
    "åtta eight",
    "nio nine",
    "tio ten",
    "elva eleven",
    "tolv twelve",
    "tretton thirteen",
    "fjorton fourteen",
)
NUMBERS = {word: number for number, words in enumerate(_NUMBER_WORDS, 1) for word in words.split()}

# What one of each adds: (days, months).
UNITS = (
    dict.fromkeys(["dag", "dagar", "day", "days"], (1, 0))
    | dict.fromkeys(["vecka", "veckor", "week", "weeks"], (7, 0))
    | dict.fromkeys(["månad", "månader", "mån", "month", "months"], (0, 1))
    | dict.fromkeys(["halvår"], (0, 6))
    | dict.fromkeys(["år", "year", "years"], (0, 12))
)
