"""All text of the interface, in one place for translation."""

APP = "gcmkg explorer"
SEARCH = "Search"
OBJECTIVES = "Objectives"
SPARQL = "SPARQL"
READER = "Document"

SEARCH_INTRO = "Find what documents say, by words and by meaning. Every hit is an exact quote with its place."
SEARCH_BOX = "What are you looking for?"
SEARCH_HINT = "for example: temporary identity documents for migrants who lost papers"
SEARCH_EMPTY = "Type a question or a few words. Filters on the left narrow the result."
NOTHING = "Nothing passes these filters. Remove one, or use other words."
ALL_WEAK = "Nothing in these documents really answers this. The passages below are guesses."
WEAK = "a guess"
OPEN_PLACE = "Open in the document"
COPIES = "The same words stand in {count} more places."
WHY = "Why this hit"
MATCHED = "matched"
BY_MEANING = "by meaning"
SHOWN = "{shown} of {total} passages"
MORE = "Show more"

FILTERS = "Filters"
FILTER_OBJECTIVE = "Objective"
FILTER_TYPE = "Kind of statement"
FILTER_DOCUMENT = "Document"

OBJECTIVES_INTRO = "Which bodies address an objective of the Compact, in what capacity, and the sentence that says so."
CHOOSE_OBJECTIVE = "Objective"
ASKS_FOR = "What it asks for"
ACTIONS = "Its actions, in our own words"
NEIGHBOURS = "What belongs to neighbouring objectives"
SDGS = "SDG targets (crosswalk; editorial unless marked)"
WHO = "Who addresses it"
NO_BODY = "No evidence was found in the {count} documents of this store."
CONFIDENCE = "confidence {value:.2f}"
PIECES = "{pieces} passages in {documents} documents"
CAPACITIES = {
    "mandate": "By mandate: it is among their functions",
    "commitment": "By commitment: they said they will",
    "aim": "As an aim or expected outcome",
    "principle": "As a principle they follow",
    "activity": "By what they do or did",
    "asked to act": "Asked to act by others",
    "recommends": "They recommend it to others",
    "receives": "They receive support in it",
    "named": "Only named in a passage about it",
}
IN_RESOLUTION = "in the resolution"

SPARQL_INTRO = "Read-only SPARQL over everything in the store. The usual prefixes are known."
READY_MADE = "Ready-made questions"
OWN_QUERY = "a query of your own"
QUERY_BOX = "Query"
RUN = "Run"
ROWS = "{count} rows in {seconds:.2f} s"
CUT = "Cut at {count} rows; the result has more."
YES_NO = "The answer is {answer}."
DOWNLOAD = "Download as {form}"
ENDPOINT = "The same queries are answered at /sparql, for programs."

READER_INTRO = "The text as it was read. All offsets of facts and hits point into it."
CHOOSE_DOCUMENT = "Choose a document"
NO_SUCH_PLACE = "There is no document {slug} in this store; choose one above."
WHOLE_TEXT = "Show the whole document"
TEXT_CUT = "Only the first {count} characters are shown; export the passages to read on."
STATEMENTS_HERE = "What is said here"

FOOTER = "gcmkg {version} · store {store} · generation {generation} · {documents} documents"
UNEXPECTED = "Something went wrong here; reload the page, and report what you did if it happens again."
