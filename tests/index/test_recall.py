"""Places that were cited earlier are looked at again."""

from dataclasses import replace

QUESTION = "why did Twitter suspend the accounts of knitting clubs?"


def test_what_was_cited_stands_in_its_passage(library):
    claims = library.ask(QUESTION).claims
    for claim, one in zip(claims, library.recall(claims).recalled, strict=True):
        assert one.claim.text == claim.text
        inside = slice(claim.start - one.passage.start, claim.end - one.passage.start)
        assert one.passage.text[inside] == claim.text


def test_sources_come_in_order_of_first_use(library):
    answer = library.ask(QUESTION)
    found = library.recall(answer.claims)
    assert {one.source.id for one in found.sources} == {name for claim in answer.claims for name in claim.source_ids}


def test_part_of_a_statement_is_marked_as_cut(library):
    claim = next(one for one in library.ask(QUESTION).claims if len(one.text) > 20)
    (found,) = library.recall([replace(claim, start=claim.start + 5, end=claim.end - 5)]).recalled
    assert found.claim.text == claim.text[5:-5]
    assert found.claim.cut_before
    assert found.claim.cut_after


def test_a_place_in_no_statement_is_none(library):
    claim = library.ask(QUESTION).claims[0]
    assert library.recall([replace(claim, start=0, end=3)]).recalled == (None,)
    assert library.recall([replace(claim, document_id="other")]).recalled == (None,)


def test_a_removed_document_is_none_until_it_is_brought_back(library):
    claims = library.ask(QUESTION).claims
    library.remove("twitter-knitters-2019-03", "test")
    assert not any(library.recall(claims).recalled)
    library.undo("test")
    assert all(library.recall(claims).recalled)


def test_events_come_with_the_claim(library):
    found = library.recall(library.ask(QUESTION).claims).recalled
    assert {one.claim.event_ids for one in found} == {("twitter-knitters-2019-03",)}
