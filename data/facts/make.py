#!/usr/bin/env python3
"""Re-writes the tables of facts as this project's JSON.

    python3 data/facts/make.py FACTS_DIR [RECORDS_DIR]

FACTS_DIR holds meetings.tsv, votes.tsv and council.tsv; RECORDS_DIR, if given, the metadata of
speeches from which the presidents of 1995 to 2020 are counted. `states.json` is not written here:
it is the project's own table, and the names of every other table are unified to it. The project
builds without this script; it is kept so that each row can be traced to its source. What it mends
is listed in `data/SOURCES.md`, what it cannot join in `data/facts/unjoined.md`.
"""

import collections
import json
import lzma
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
BALLOTS = ["in_favour", "against", "abstaining", "absent", "unknown"]
OUTCOMES = {"adopted": "adopted", "vetoed": "vetoed", "lack of maj.": "not adopted"}

# Names of the tables that are no name or alias of a State anywhere else.
TABLE_NAMES = {
    "RUSSIAN FEDERATION/USSR": "Russian Federation",
    "EGYPT / UNITED ARAB REPUBLIC": "Egypt",
    "KOREA": "Republic of Korea",
    "BOSNIA": "Bosnia and Herzegovina",
    "GERMANY, FEDERAL REPUBLIC OF": "Germany",
    "SRI LANKA/CEYLAN": "Sri Lanka",
    "Republic of China (Taiwan)": "China",
    "Fourth Brazilian Republic": "Brazil",
    "Polish People's Republic": "Poland",
    "West Germany": "Germany",
    "East Germany": "German Democratic Republic",
    "Republic of Venezuela": "Venezuela (Bolivarian Republic of)",
    "Republic of Cuba": "Cuba",
    "Kingdom of Nepal": "Nepal",
    "Kingdom of Egypt": "Egypt",
    "Kingdom of Greece": "Greece",
    "Spanish State": "Spain",
    "Somali Democratic Republic": "Somalia",
    "Socialist Republic of Romania": "Romania",
    "Romanian People's Republic": "Romania",
    "People's Republic of the Congo": "Congo",
    "People's Republic of Bulgaria": "Bulgaria",
    "Hungarian People's Republic": "Hungary",
    "Pahlavi Iran": "Iran (Islamic Republic of)",
    "Iraqi Republic": "Iraq",
    "Ba'athist Iraq": "Iraq",
    "Ethiopian Empire": "Ethiopia",
    "Dominion of Pakistan": "Pakistan",
}

# The data set of 1995 to 2019 names some States in Portuguese.
PORTUGUESE = {
    "Reino Unido": "United Kingdom",
    "Estados Unidos": "United States",
    "Rússia": "Russian Federation",
    "França": "France",
    "Alemanha": "Germany",
    "Japão": "Japan",
    "África do Sul": "South Africa",
}

GROUPS = {
    "": "",
    "african": "African",
    "asia_pacific": "Asia-Pacific",
    "eastern_european": "Eastern European",
    "latin_american_caribbean": "Latin American and Caribbean",
    "western_european_others": "Western European and Others",
}

# Names printed for a State that was no member, where the member of that name's neighbour in the
# alphabet is missing from the same row: slips of the table, in every vote of these years.
SLIPS = [
    ("1966", "1968", "Algeria", "Argentina"),
    ("2011", "2013", "Türkiye", "Portugal"),
    ("2024", "2025", "Slovakia", "Slovenia"),
]

# Months whose president is known from a document itself.
FROM_RECORDS = [
    ("1946-12", "United States", "S/RES/14 (1946)"),
    ("2024-05", "Mozambique", "S/PV.9642"),
    ("2026-01", "Somalia", "S/PV.10100"),
    ("2026-02", "United Kingdom", "S/PV.10100"),
]


def fold(text):
    """Case and accents away, as `record::fold` does."""
    parts = unicodedata.normalize("NFD", text.replace("’", "'").lower())
    return "".join(c for c in parts if not unicodedata.combining(c))


def table(path):
    """The rows of a tab-separated file as dictionaries."""
    lines = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def write(name, rows):
    """One object a line, so that a change of one fact is a change of one line."""
    with open(HERE / name, "w", encoding="utf-8") as out:
        body = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        out.write(f"[\n{body}\n]\n")
    print(f"{name}: {len(rows)} rows")


class States:
    """The project's table of States, looked up by any name."""

    def __init__(self):
        self.rows = json.load(open(HERE / "states.json", encoding="utf-8"))
        self.by_name = {}
        for row in self.rows:
            former = [name["name"] for name in row["former"]]
            for name in [row["name"], row["formal"], *row["aliases"], *former]:
                self.by_name[fold(name)] = row

    def on(self, printed, date):
        """The State that a table's name meant on a day."""
        name = PORTUGUESE.get(printed, TABLE_NAMES.get(printed, printed))
        if fold(name) in ("czech republic", "czechia") and date < "1993-01-01":
            name = "Czechoslovakia"
        if fold(name) == "yemen" and date < "1990-05-22":
            name = "Democratic Yemen"
        return self.by_name[fold(name)]

    def called(self, state, date):
        """What the State was called on a day, and the key it is sorted by."""
        for name in state["former"]:
            if name.get("from", "") <= date < name["until"]:
                return name["name"], fold(name.get("sort", name["name"]))
        return state["name"], fold(state["name"])


def outcome_symbol(text):
    """`S/RES/1(1946)` is `S/RES/1 (1946)` everywhere else."""
    return re.sub(r"(\d)\((\d{4})\)$", r"\1 (\2)", text)


def meetings(rows):
    """The meetings, oldest first."""

    def order(row):
        number, resumption = re.match(r"S/PV\.(\d+)(?: \(Resumption (\d+)\))?$", row["symbol"]).groups()
        return row["date"], int(number), int(resumption or 0)

    out = []
    for row in sorted(rows, key=order):
        outcomes = [outcome_symbol(o) for o in row["outcomes"].split("; ") if o]
        out.append({
            "symbol": row["symbol"], "date": row["date"], "private": row["private"] == "yes",
            "press": "" if row["press"].lower() == "none issued" else row["press"],
            "topic": row["topic"], "outcomes": outcomes, "outcome_text": row["outcome_text"],
        })
    write("meetings.json", out)
    return out


def member(states, printed, date, notes):
    """The State a name in a vote means, and what it was called; a slip of the table is mended and noted."""
    state = states.on(printed, date)
    for first, last, wrong, right in SLIPS:
        if first <= date < last and state["name"] == wrong:
            state = states.by_name[fold(right)]
            notes.append(f"The table has {printed.title()}, which was no member; {right} was.")
    return states.called(state, date)


def place(row, by_symbol, by_date, notes):
    """The meeting and the date of a vote, with what was inferred or mended noted."""
    meeting, date = row["meeting"], row["date"]
    if not meeting and row["reference"] in by_symbol:
        meeting = row["reference"]
        notes.append("The table names no meeting; the reference is the record itself.")
    elif not meeting and len(by_date[date]) == 1 and date < "2020":
        meeting = by_date[date][0]["symbol"]
        notes.append("The table names no meeting; this is the only one of that day.")
    elif not meeting:
        notes.append("The table names no meeting.")
    # Day and month were swapped where the meeting's date shows it.
    year, month, day = date.split("-")
    if meeting and by_symbol[meeting]["date"] == f"{year}-{day}-{month}" != date:
        notes.append(f"The table has {date}; the meeting was on {year}-{day}-{month}.")
        date = by_symbol[meeting]["date"]
    elif meeting and by_symbol[meeting]["date"] != date:
        notes.append(f"The meeting is listed under {by_symbol[meeting]['date']}.")
    return meeting, date


def compare(vote, outcome_text, notes):
    """Compares a vote with the library's words on its meeting; neither table is preferred but for no vote at all."""
    reference = vote["reference"]
    if f"{reference} without vote" in outcome_text:
        vote["outcome"] = "adopted without a vote"
        if vote["yes"]:
            notes.append("The table of votes has every member in favour, that of meetings no vote.")
    said = re.search(re.escape(reference) + r"\D*?(\d+-\d+-\d+)", outcome_text)
    # A record's own symbol stands for several votes, so its words cannot be told apart.
    if said and vote["yes"] is not None and not reference.startswith("S/PV."):
        if said[1] != f"{vote['yes']}-{vote['no']}-{vote['abstain']}":
            notes.append(f"The library's table of meetings counts {said[1]}.")


def note_twins(votes):
    """Marks one vote that the table lists twice with two outcomes."""
    listed = collections.defaultdict(list)
    for vote in votes:
        listed[vote["reference"], vote["date"], *(tuple(vote[b]) for b in BALLOTS[:4])].append(vote)
    for twins in listed.values():
        if len({vote["outcome"] for vote in twins}) > 1:
            for vote in twins:
                words = " and as ".join(twin["outcome"] for twin in twins)
                vote["note"] = f"{vote.get('note', '')} The table lists this vote as {words}.".strip()


def votes(rows, known, states):
    """The votes, oldest first, each member by what it was called that day."""
    by_symbol = {row["symbol"]: row for row in known}
    by_date = collections.defaultdict(list)
    for row in known:
        by_date[row["date"]].append(row)
    out = []
    for row in rows:
        notes = []
        meeting, date = place(row, by_symbol, by_date, notes)
        vote = {"reference": row["reference"], "date": date, "outcome": OUTCOMES[row["outcome"]],
                "meeting": meeting, "title": row["title"]}
        for count in ["yes", "no", "abstain", "not_voting"]:
            vote[count] = int(row[count]) if row[count] != "?" else None
        for ballot in BALLOTS:
            # One name of the table has a comma in it, and is one member, not two.
            names = re.split(r", (?!FEDERAL REPUBLIC OF)", row[ballot]) if row[ballot] else []
            named = [member(states, name, date, notes) for name in names]
            vote[ballot] = [name for name, _ in sorted(named, key=lambda pair: pair[1])]
        if meeting:
            compare(vote, by_symbol[meeting]["outcome_text"], notes)
        if vote["unknown"]:
            notes.append("How each member voted is not known.")
        if notes:
            vote["note"] = " ".join(notes)
        out.append(vote)
    out.sort(key=lambda vote: vote["date"])
    note_twins(out)
    write("votes.json", out)


def council(rows, states):
    """The seats by year; a seat held for a part of the year says from when or until when."""
    out = []
    for row in rows:
        year = row["year"]
        state = states.on(row["member_as_listed"], f"{year}-12-31")
        seat = {
            "year": int(year), "state": state["name"], "called": states.called(state, f"{year}-01-01")[0],
            "permanent": row["permanent"] == "yes",
            # A group is that of an elected seat; the source gives permanent members one in 2026 only.
            "group": "" if row["permanent"] == "yes" else GROUPS[row["group"]],
        }
        if year == "1990" and state["name"] == "Yemen":
            before = {**seat, "state": "Democratic Yemen", "called": "Democratic Yemen", "until": "1990-05-22"}
            out.append(before)
            seat["from"] = "1990-05-22"
        out.append(seat)
    write("council.json", out)


def presidents(folder, states):
    """The president of each month: the State most often named as that of the President."""
    count = collections.defaultdict(collections.Counter)
    for line in lzma.open(folder / "speech-rows-1995-2019.tsv.xz", "rt", encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) > 7 and cells[7].lower() == "the president" and re.match(r"\d{4}-\d\d-\d\d$", cells[3]):
            count[cells[3][:7]][cells[1]] += 1
    for line in lzma.open(folder / "speeches-2020.jsonl.xz", "rt", encoding="utf-8"):
        row = json.loads(line)
        if row["participanttype"].lower() == "the president":
            count[f"{int(row['year'])}-{int(row['month']):02}"][row["country"]] += 1
    out = []
    for month in sorted(count):
        (name, turns), = count[month].most_common(1)
        source = "UNSC 2020 metadata" if month >= "2020" else "speech rows 1995-2019"
        out.append({"month": month, "state": states.on(name, month)["name"], "source": source, "turns": turns,
                    "of": sum(count[month].values())})
    out += [{"month": month, "state": state, "source": source} for month, state, source in FROM_RECORDS]
    out.sort(key=lambda row: row["month"])
    write("presidents.json", out)


def main():
    facts = pathlib.Path(sys.argv[1])
    states = States()
    known = meetings(table(facts / "meetings.tsv"))
    votes(table(facts / "votes.tsv"), known, states)
    council(table(facts / "council.tsv"), states)
    if len(sys.argv) > 2:
        presidents(pathlib.Path(sys.argv[2]), states)


if __name__ == "__main__":
    main()
