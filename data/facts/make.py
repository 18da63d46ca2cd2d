#!/usr/bin/env python3
"""Re-writes the tables of facts as this project's JSON.

    python3 data/facts/make.py FACTS_DIR [RECORDS_DIR]

FACTS_DIR holds meetings.tsv, votes.tsv, council.tsv, meetings-2025-2026.csv and
decisions-2000-2026.csv; RECORDS_DIR, if given, the metadata of
speeches from which the presidents of 1995 to 2020 are counted. `states.json` is not written here:
it is the project's own table, and the names of every other table are unified to it. The project
builds without this script; it is kept so that each row can be traced to its source. What it mends
is listed in `data/SOURCES.md`, what it cannot join in `data/facts/unjoined.md`.
"""

import collections
import csv
import json
import lzma
import pathlib
import re
import sys
import unicodedata

import unxml

HERE = pathlib.Path(__file__).resolve().parent
BALLOTS = ["in_favour", "against", "abstaining", "absent", "unknown"]
COUNTS = ["yes", "no", "abstain", "not_voting"]
PERMANENT = {"CHINA", "FRANCE", "RUSSIAN FEDERATION", "UNITED KINGDOM", "UNITED STATES"}
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

# Between these days only meetings with a decision are known.
INCOMPLETE = ("2022-07-01", "2025-01-03")

# Adopted although a permanent member voted against: decisions on procedure, among them calls for
# emergency special sessions (General Assembly resolution 377 A (V)).
PROCEDURAL = [f"S/RES/{number}" for number in [
    "34 (1947)", "87 (1950)", "88 (1950)", "110 (1955)", "119 (1956)", "120 (1956)", "132 (1959)", "157 (1960)",
    "462 (1980)", "2623 (2022)"]]

# Amendments among the references that look like drafts: to S/2023/773, and to what became S/RES/2774 (2025).
AMENDMENTS = ["S/2023/775", "S/2023/776", "S/2025/115", "S/2025/116", "Oral amendment"]

# Drafts voted on in writing whose letters are not at hand.
WRITTEN_DRAFTS = [f"S/2020/{number}" for number in [654, 658, 667, 683, 797, 852, 1054]]

# Votes that no table has.
OTHER_VOTES = [
    {
        "reference": "S/PV.8764", "date": "2020-10-05", "outcome": "not adopted", "kind": "procedural",
        "meeting": "S/PV.8764", "title": "whether to hear a briefer (rule 39)",
        "in_favour": ["China", "Russian Federation", "South Africa"],
        "against": ["Belgium", "Estonia", "France", "Germany", "United Kingdom", "United States"],
        "note": "No table has this vote; the counts are from the record, and the members from what they say there.",
    },
    {
        "reference": "S/PV.8960", "date": "2022-01-31", "outcome": "adopted", "kind": "procedural",
        "meeting": "S/PV.8960", "title": "adoption of the agenda", "against": ["China", "Russian Federation"],
        "abstaining": ["Gabon", "India", "Kenya"],
        "note": "No table has this vote; it is written from general knowledge and was not compared with the record.",
    },
]

# Votes of 2026 that the XML does not have yet, as another table counts them; members named are those
# it names. All voted in favour where all are counted so.
LATER_VOTES = [
    ("S/2026/273", "vetoed", (11, 2, 2), ["China", "Russian Federation"]),
    ("S/RES/2826 (2026)", "adopted", (13, 0, 2), []),
    ("S/RES/2827 (2026)", "adopted", (15, 0, 0), []),
    ("S/RES/2828 (2026)", "adopted", (15, 0, 0), []),
    ("S/2026/740", "vetoed", (11, 2, 2), ["China", "Russian Federation"]),
    ("S/RES/2829 (2026)", "adopted", (12, 0, 3), []),
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


def meeting_order(row):
    """Meetings are in order of dates, then of their symbols."""
    number, resumption = re.match(r"S/PV\.(\d+)(?: \(Resumption (\d+)\))?$", row["symbol"]).groups()
    return row["date"], int(number), int(resumption or 0)


def meeting(symbol, date, topic, outcomes, private=False, press="", outcome_text=""):
    """A row of the table of meetings."""
    return {"symbol": symbol, "date": date, "private": private, "press": press, "topic": topic,
            "outcomes": outcomes, "outcome_text": outcome_text}


def later_meetings(path):
    """The meetings of 2025 and 2026. Their outcomes may have a tally ("S/2026/273 vetoed by … 11-2-2")."""
    with open(path, encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            outcomes = re.findall(r"S/(?:RES/\d+ \(\d+\)|PRST/\d+/\d+|\d+/\d+)", row["outcomes"])
            text = row["outcomes"] if re.search(r"\d-\d", row["outcomes"]) else ""
            yield meeting(row["symbol"], row["date"], row["topic"], outcomes, row["private"] == "true",
                          outcome_text=text)


def decided_meetings(decisions, votes, known):
    """The meetings that only a decision names; most are of the years for which no table is at hand."""
    found = {}
    titles = {row["reference"]: row["title"] for row in votes}
    for decision in decisions.values():
        symbol = decision.meeting
        if not symbol or symbol in known or not decision.date:
            continue
        row = found.setdefault(symbol, meeting(symbol, decision.date, "", []))
        row["topic"] = row["topic"] or decision.topic or titles.get(decision.symbol, "")
        row["outcomes"].append(decision.symbol)
    return found.values()


def meetings(rows, later, decisions, votes):
    """The meetings, oldest first."""
    out = []
    for row in rows:
        outcomes = [outcome_symbol(o) for o in row["outcomes"].split("; ") if o]
        press = "" if row["press"].lower() == "none issued" else row["press"]
        out.append(meeting(row["symbol"], row["date"], row["topic"], outcomes, row["private"] == "yes", press,
                           row["outcome_text"]))
    out += later
    out += decided_meetings(decisions, votes, {row["symbol"] for row in out})
    out.sort(key=meeting_order)
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


def names_vote(row, reference):
    """Whether a row of the table of meetings names a vote, as an outcome or in words."""
    bare = re.sub(r" ?\((?:as |incorporating).*", "", reference)
    # The table of meetings has three resolutions under a wrong year.
    number = re.match(r"S/RES/\d+ \(", reference)
    if number and any(outcome.startswith(number[0]) for outcome in row["outcomes"]):
        return True
    words = row["outcome_text"].replace("/Rev. ", "/Rev.")
    return any(name in row["outcomes"] or re.search(re.escape(name) + r"(?!\d)", words)
               for name in [reference, bare, bare.replace("/Rev. ", "/Rev.")])


def place(row, decision, by_symbol, by_date, notes):
    """The meeting and the date of a vote, with what was mended noted. No gap is filled by the date alone."""
    reference, meeting, date = row["reference"], row["meeting"], row["date"]
    # The UN's own XML has the day, and for these the table of meetings agrees with it.
    if decision and decision.date and decision.date != date:
        notes.append(f"The table of votes has {date}.")
        date = decision.date
    written = reference in WRITTEN_DRAFTS or (decision is not None and decision.letter != "")
    if not meeting and reference in by_symbol:
        meeting = reference
        notes.append("The table names no meeting; the reference is the record itself.")
    elif not meeting and decision and decision.meeting:
        meeting = decision.meeting
    elif not meeting and not written:
        same_day = by_date[date]
        naming = [m["symbol"] for m in same_day if names_vote(m, reference)]
        if len(naming) == 1:
            meeting = naming[0]
        elif len(same_day) == 1 and not INCOMPLETE[0] <= date < INCOMPLETE[1]:
            notes.append(f"The table names no meeting; on that day there was one, {same_day[0]['symbol']}.")
        else:
            notes.append("The table names no meeting.")
    # Day and month were swapped where the meeting's date shows it.
    year, month, day = date.split("-")
    if meeting and by_symbol[meeting]["date"] == f"{year}-{day}-{month}" != date:
        notes.append(f"The table has {date}; the meeting was on {year}-{day}-{month}.")
        date = by_symbol[meeting]["date"]
    elif meeting and by_symbol[meeting]["date"] != date:
        notes.append(f"The meeting is listed under {by_symbol[meeting]['date']}.")
    return meeting, date, written


def kind(vote):
    """What was decided by a vote; "unknown" where no table says whether it was a draft or an amendment."""
    reference = vote["reference"]
    if reference in PROCEDURAL:
        return "procedural"
    if reference in AMENDMENTS:
        return "amendment"
    if vote["title"].endswith("preliminary question"):
        return "preliminary"
    draft = reference.startswith("S/RES/") or re.match(r"S/(19|20)\d\d/\d+", reference)
    return "substantive" if draft or vote["outcome"] == "vetoed" else "unknown"


def mend(vote, decision, states, notes):
    """Takes the members from the UN's XML where it is sound and has them otherwise."""
    if decision.symbol == "S/RES/1287 (2000)":
        # Its text and the table of meetings have 14 in favour and one absent.
        vote.update(abstain=0, not_voting=1, abstaining=[], absent=["Jamaica"])
        notes.append("The table of votes has Jamaica abstaining; it was absent.")
        return
    if not decision.sound():
        return
    named = {ballot: called_names(names, vote["date"], states) for ballot, names in decision.names.items()}
    if any(named[ballot] != vote[ballot] for ballot in unxml.BALLOTS):
        was = [", ".join(vote[ballot]) or "nobody" for ballot in ["against", "abstaining"]]
        notes.append(f"The table of votes has {vote['yes']}-{vote['no']}-{vote['abstain']}, against: {was[0]}, "
                     f"abstaining: {was[1]}; this is the UN's own XML of the decision.")
        vote.update(named, absent=[], unknown=[])
        count(vote)


def called_names(names, date, states):
    """What members were called, in their order."""
    called = [states.called(states.on(name, date), date) for name in names]
    return [name for name, _ in sorted(called, key=lambda pair: pair[1])]


def count(vote):
    """Counts the members that a vote names."""
    for total, ballot in zip(COUNTS, BALLOTS):
        vote[total] = len(vote[ballot])


def add_decision(vote, decision, states):
    """What only the UN's XML has: the draft, who submitted it, and a title that the table cut off."""
    if decision.draft and decision.draft != vote["reference"]:
        vote["draft"] = decision.draft
    sponsors = decision.sponsors(states, vote["date"])
    if sponsors:
        vote["sponsors"] = sponsors
    if decision.letter:
        vote["letter"] = decision.letter
    if vote["title"].endswith("[...") and decision.subject:
        vote["title"] = decision.subject


def new_vote(decision, states, members):
    """A vote that only the UN's XML has."""
    outcome = "adopted"
    if decision.failed:
        outcome = "vetoed" if set(decision.names["against"]) & PERMANENT else "not adopted"
    vote = {"reference": decision.symbol, "date": decision.date, "outcome": outcome, "kind": "substantive",
            "meeting": decision.meeting, "title": decision.subject or decision.topic}
    if decision.sound():
        vote.update({b: called_names(names, decision.date, states) for b, names in decision.names.items()},
                    absent=[], unknown=[])
        count(vote)
    else:
        set_counts(vote, decision.said or decision.tally, [], members(decision.date))
    return vote


def set_counts(vote, counts, against, members):
    """Counts whose members are known only in part: who voted against, or that all were in favour."""
    everyone = counts == (len(members), 0, 0)
    left = [name for name in members if name not in against]
    vote.update(zip(COUNTS, [*counts, len(members) - sum(counts)]))
    vote.update(in_favour=members if everyone else [], against=against, abstaining=[], absent=[],
                unknown=[] if everyone else left)
    if against:
        vote["note"] = "How the other members voted is not known."
    elif not everyone:
        vote["note"] = "How each member voted is not known."


def add_later(known, decisions, listed, states, members):
    """The votes that the table of votes does not have."""
    for symbol, decision in decisions.items():
        if not decision.statement and symbol not in listed and decision.date:
            vote = new_vote(decision, states, members)
            add_decision(vote, decision, states)
            yield vote
    by_outcome = {outcome: row for row in known for outcome in row["outcomes"]}
    for reference, outcome, counts, against in LATER_VOTES:
        row = by_outcome[reference]
        vote = {"reference": reference, "date": row["date"], "outcome": outcome, "kind": "substantive",
                "meeting": row["symbol"], "title": row["topic"]}
        set_counts(vote, counts, against, members(row["date"]))
        yield vote
    for given in OTHER_VOTES:
        vote = {"abstaining": [], "absent": [], "unknown": [], **given}
        named = [name for ballot in BALLOTS for name in vote.get(ballot, [])]
        # The members that are not named are the ones of the list that is not given.
        rest = "abstaining" if "in_favour" in given else "in_favour"
        vote[rest] = [name for name in members(vote["date"]) if name not in named]
        count(vote)
        yield vote


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


def votes(rows, known, decisions, states, members):
    """The votes, oldest first, each member by what it was called that day."""
    by_symbol = {row["symbol"]: row for row in known}
    by_date = collections.defaultdict(list)
    for row in known:
        by_date[row["date"]].append(row)
    out = []
    for row in rows:
        notes = []
        decision = decisions.get(row["reference"])
        meeting, date, written = place(row, decision, by_symbol, by_date, notes)
        vote = {"reference": row["reference"], "date": date, "outcome": OUTCOMES[row["outcome"]],
                "kind": "", "meeting": meeting, "title": row["title"]}
        if written:
            vote["written"] = True
        vote["kind"] = kind(vote)
        for total in COUNTS:
            vote[total] = int(row[total]) if row[total] != "?" else None
        for ballot in BALLOTS:
            # One name of the table has a comma in it, and is one member, not two.
            names = re.split(r", (?!FEDERAL REPUBLIC OF)", row[ballot]) if row[ballot] else []
            named = [member(states, name, date, notes) for name in names]
            vote[ballot] = [name for name, _ in sorted(named, key=lambda pair: pair[1])]
        if decision:
            mend(vote, decision, states, notes)
            add_decision(vote, decision, states)
        if meeting:
            compare(vote, by_symbol[meeting]["outcome_text"], notes)
        if vote["unknown"]:
            notes.append("How each member voted is not known.")
        if notes:
            vote["note"] = " ".join(notes)
        out.append(vote)
    out += add_later(known, decisions, {vote["reference"] for vote in out}, states, members)
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
            # Today's groups exist since 1966 (General Assembly resolution 1991 A (XVIII)); the source has
            # Poland, Greece and others in that of Asia before.
            "group": "" if row["permanent"] == "yes" or year < "1966" else GROUPS[row["group"]],
        }
        if year == "1990" and state["name"] == "Yemen":
            before = {**seat, "state": "Democratic Yemen", "called": "Democratic Yemen", "until": "1990-05-22"}
            out.append(before)
            seat["from"] = "1990-05-22"
        out.append(seat)
    write("council.json", out)
    return out


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


def seated(seats, states):
    """A function that names the members of the Council on a day, in their order."""
    def members(date):
        holders = {seat["state"] for seat in seats if seat["year"] == int(date[:4])
                   and seat.get("from", "") <= date < seat.get("until", "9999")}
        return called_names(holders, date, states)
    return members


def main():
    facts = pathlib.Path(sys.argv[1])
    states = States()
    decisions = unxml.read(facts / "decisions-2000-2026.csv")
    rows = table(facts / "votes.tsv")
    later = later_meetings(facts / "meetings-2025-2026.csv")
    known = meetings(table(facts / "meetings.tsv"), later, decisions, rows)
    seats = council(table(facts / "council.tsv"), states)
    votes(rows, known, decisions, states, seated(seats, states))
    if len(sys.argv) > 2:
        presidents(pathlib.Path(sys.argv[2]), states)


if __name__ == "__main__":
    main()
