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

# Months whose president is known from a record itself.
FROM_RECORDS = [
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


def mended_date(date, meeting):
    """The vote's date, with day and month the right way round where its meeting shows they were swapped."""
    year, month, day = date.split("-")
    return meeting["date"] if meeting and meeting["date"] == f"{year}-{day}-{month}" else date


def votes(rows, known, states):
    """The votes, oldest first, each member by what it was called that day."""
    by_symbol = {row["symbol"]: row for row in known}
    by_date = collections.defaultdict(list)
    for row in known:
        by_date[row["date"]].append(row)
    out = []
    for row in rows:
        meeting, inferred = row["meeting"], ""
        if not meeting and row["reference"] in by_symbol:
            meeting, inferred = row["reference"], "reference"
        elif not meeting and len(by_date[row["date"]]) == 1 and row["date"] < "2020":
            meeting, inferred = by_date[row["date"]][0]["symbol"], "only meeting of the day"
        date = mended_date(row["date"], by_symbol.get(meeting))
        vote = {"reference": row["reference"], "date": date, "outcome": OUTCOMES[row["outcome"]], "meeting": meeting}
        if inferred:
            vote["meeting_from"] = inferred
        vote["title"] = row["title"]
        for count in ["yes", "no", "abstain", "not_voting"]:
            vote[count] = int(row[count]) if row[count] != "?" else None
        for ballot in BALLOTS:
            # One name of the table has a comma in it, and is one member, not two.
            names = re.split(r", (?!FEDERAL REPUBLIC OF)", row[ballot]) if row[ballot] else []
            named = [states.called(states.on(name, date), date) for name in names]
            vote[ballot] = [name for name, _ in sorted(named, key=lambda pair: pair[1])]
        out.append(vote)
    out.sort(key=lambda vote: vote["date"])
    write("votes.json", out)


def council(rows, states):
    """The seats by year; a seat held for a part of the year says from when or until when."""
    out = []
    for row in rows:
        year = row["year"]
        state = states.on(row["member_as_listed"], f"{year}-12-31")
        seat = {
            "year": int(year), "state": state["name"], "called": states.called(state, f"{year}-01-01")[0],
            "permanent": row["permanent"] == "yes", "group": GROUPS[row["group"]],
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
