"""The UN's own decisions with votes (UNxml/SCresolutions), compared with the table of votes.

Each decision is read from decisions.csv, a table of that repository's XML. What is known to be wrong
in it is mended here and named in `data/SOURCES.md`.
"""

import csv
import re

BALLOTS = ["in_favour", "against", "abstaining"]
SEATS = 15

# Names that the XML misspells, and a name it splits in two.
MISSPELT = {"CHILEs": "CHILE", "CÔTE.": "CÔTE D'IVOIRE", "D'IVOIRE": ""}
# Meetings where the metadata is right and the text is short of the resumption.
METADATA_RIGHT = {"S/RES/2802 (2025)"}
# "and" that is a part of a name, so that a list of sponsors is not split there.
AND = r" and (?!(?:Northern Ireland|Herzegovina|the Grenadines|Grenadines|Principe|Tobago|Nevis|Barbuda))"
# How sponsors are misspelt.
SPONSORS = {
    "Libya Arab Jamahiriya": ["Libya"],
    "Lichtenstein": ["Liechtenstein"],
    "Bahamas (The)": ["Bahamas"],
    "Chile France": ["Chile", "France"],
    "Belgium Botswana": ["Belgium", "Botswana"],
    "New Zealand Nicaragua": ["New Zealand", "Nicaragua"],
    "(and) United States of America": ["United States"],
}


class Decision:
    """One resolution, presidential statement or failed draft."""

    def __init__(self, row):
        self.symbol = self._symbol(row)
        self.date = "" if row["date"].startswith("0001") else row["date"]
        self.statement = self.symbol.startswith("S/PRST/")
        self.topic = row["agenda_item"].strip().rstrip(".")
        self.draft = row["draft"].strip()
        self.sponsors_text = row["sponsors"]
        meeting = row["meeting_in_text"]
        if not meeting or self.symbol in METADATA_RIGHT:
            meeting = row["meeting"] or meeting
        meeting = re.sub(r"^S/PV(\d)", r"S/PV.\1", meeting)
        meeting = re.sub(r" ?\(Resumption ?(\d+)\)", r" (Resumption \1)", meeting)
        # A vote by the written procedure names the letter with its result instead of a meeting.
        self.meeting = meeting if meeting.startswith("S/PV.") else ""
        self.letter = "" if self.meeting else meeting
        self.tally = [int(row[count] or 0) for count in ["yes", "no", "abstain"]]
        # "[on renewal of sanctions]" is what the table of votes has as a title.
        subject = re.search(r"\[(?:on )?(.*)\]", row["title"])
        self.subject = subject[1] if subject else ""
        said = re.search(r"\((\d+)-(\d+)-(\d+)|Adopted (\d+)-(\d+)-(\d+)", row["outcome_text"])
        self.said = [int(n) for n in said.groups() if n is not None] if said else None
        self.failed = row["kind"] == "not adopted"
        self.names = {
            ballot: [name for name in (MISSPELT.get(n, n) for n in row[ballot].split("; ")) if name]
            for ballot in BALLOTS
        }

    @staticmethod
    def _symbol(row):
        """The symbol, which 30 resolutions have only in the name of their file."""
        symbol = row["symbol"]
        year = row["date"][:4]
        if year == "0001":
            year = re.search(r"\((\d{4})\)|/(\d{4})/", row["title"] + row["symbol"])
            year = next(group for group in year.groups() if group)
        by_file = re.match(r"S_RES-(\d+)-|SC_(\d+)_\d{4}-|S_PRST_(\d{4}_\d+)", symbol)
        if by_file and by_file[3]:
            return "S/PRST/" + by_file[3].replace("_", "/")
        number = by_file and (by_file[1] or by_file[2]) or re.match(r"S/RES/(\d+)", symbol)
        if not number:
            return symbol
        return f"S/RES/{number if isinstance(number, str) else number[1]} ({year})"

    def sound(self):
        """Whether it names 15 members, each once, and as many as its metadata or its text counts."""
        counts = [len(self.names[ballot]) for ballot in BALLOTS]
        every = [name for names in self.names.values() for name in names]
        counted = [tally for tally in [self.tally, self.said] if tally is not None]
        return counts in counted and sum(counts) == SEATS and len(set(every)) == SEATS

    def sponsors(self, states, date):
        """The States that submitted the draft, as they were called; whoever is no State is left out."""
        found = []
        for part in re.split(rf", (?:and )?|{AND}", self.sponsors_text):
            part = re.sub(r"^the ", "", part.strip(" ."))
            if part.startswith("United Kingdom of Great Britain"):
                part = "United Kingdom"
            for name in SPONSORS.get(part, [part]):
                try:
                    state = states.called(states.on(name, date), date)[0]
                except KeyError:
                    continue
                if state not in found:
                    found.append(state)
        return found


def read(path):
    """The decisions of the table by symbol; of one that is listed twice, the fuller row."""
    found = {}
    with open(path, encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            decision = Decision(row)
            known = found.get(decision.symbol)
            if known is None or not known.topic:
                found[decision.symbol] = decision
    return found
