"""Which parts of a question nothing found covers."""

from corpus.document import Kind, Statement, Voice
from index.claims import Candidate
from index.lexical import stems
from index.question import understand
from index.reading import ground_of, wants_of
from index.retrieve import Evidence, Hit, Terms
from index.stored import StoredPassage, StoredStatement
from index.uncovered import CLAUSES, not_covered

PAIR = ("Adele lost 928,000 followers.", "Rihanna sings.")


def missing(question: str, *texts: str) -> tuple[str, ...]:
    """Say what of a question statements do not cover, each in a passage of its own."""
    asked = understand(question)
    terms = Terms(asked.search_text.lower(), dict.fromkeys(stems(asked.search_text), 1.0))
    hits, candidates = [], []
    for number, text in enumerate(texts):
        made = Statement(0, len(text), 0, len(text), Kind.PARAPHRASE, Voice.REPORTER, ("gazette",))
        stored = StoredStatement(number, 1, "knitters", number, 0, text, made)
        evidence = Evidence(stored, text, 0.5, 0.5, 0.5)
        hits.append(Hit(StoredPassage(number, 1, 0, len(text), text, ""), 1.0, 0.5, 1.0, (evidence,)))
        candidates.append(Candidate(stored, 1.0, evidence))
    grounds = {hit.passage.id: ground_of(hit, terms) for hit in hits}
    return not_covered(asked, wants_of(asked, terms, hits), terms, hits, candidates, grounds)


def test_of_two_names_the_one_without_a_figure_is_not_covered() -> None:
    assert missing("How many followers did Adele and Rihanna lose?", *PAIR) == ("Rihanna",)
    assert missing("How many followers did Adele and Rihanna lose?", *PAIR, "Rihanna lost 3 followers.") == ()


def test_of_two_questions_the_one_without_an_answer_is_not_covered() -> None:
    ended = "The purge of knitting clubs ended on 9 March 2019."
    question = "When did the purge end, and how many followers did the clubs lose?"
    assert missing(question, ended) == ("how many followers did the clubs lose",)
    assert missing(question, ended, "The clubs lost 900 followers.") == ()


def test_a_question_of_one_part_is_covered_or_refused_whole() -> None:
    assert missing("How many followers did Rihanna lose?", *PAIR) == ()
    assert missing("Why did Twitter suspend knitters and weavers?", "Twitter suspended 240 accounts.") == ()


def test_what_ends_in_or_what_is_one_question() -> None:
    assert len(CLAUSES.split("did Rivvel ban the bakers or what?")) == 1
    assert len(CLAUSES.split("when did Rivvel ban the bakers, and what did they do?")) == 2
