"""Who reads which file."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.domain.funding.queries.assigning import Shares, share_out

FILES = st.lists(st.sampled_from([f"f{number}" for number in range(9)]), unique=True)
REVIEWERS = st.lists(st.integers(1, 6), unique=True)


def test_files_are_read_by_pairs_that_change():
    shares = share_out(["a", "b", "c"], [1, 2, 3], barred=set(), held={}, each=2)

    assert shares == Shares((("a", 1), ("a", 2), ("b", 3), ("b", 1), ("c", 2), ("c", 3)), {})


def test_nobody_reads_a_file_that_concerns_them_and_what_lacks_readers_is_told():
    shares = share_out(["a", "b"], [1, 2], barred={("a", 1)}, held={}, each=2)

    assert shares == Shares((("a", 2), ("b", 1), ("b", 2)), {"a": 1})


def test_readers_a_file_has_already_are_counted():
    shares = share_out(["a"], [1, 2, 3], barred=set(), held={"a": [1]}, each=2)

    assert shares.pairs == (("a", 2),)


@settings(max_examples=80)
@given(FILES, REVIEWERS, st.integers(2, 3), st.sets(st.tuples(st.sampled_from(["f0", "f1", "f2"]), st.integers(1, 6))))
def test_shares_are_whole_and_never_touch_what_is_barred(files, reviewers, each, barred):
    shares = share_out(files, reviewers, barred=barred, held={}, each=each)

    given_to = Counter(file for file, _by in shares.pairs)
    assert not set(shares.pairs) & barred
    assert len(set(shares.pairs)) == len(shares.pairs)
    assert all(given_to[file] + shares.short.get(file, 0) == each for file in files)


@settings(max_examples=80)
@given(FILES, REVIEWERS.filter(lambda found: len(found) >= 2))
def test_without_interests_no_one_reads_more_than_one_file_more_than_another(files, reviewers):
    shares = share_out(files, reviewers, barred=set(), held={}, each=2)

    load = Counter(dict.fromkeys(reviewers, 0))
    load.update(by for _file, by in shares.pairs)
    assert max(load.values()) - min(load.values()) <= 1


def test_what_a_reader_read_of_the_same_call_counts_though_it_is_ranked_already():
    shares = share_out(["a"], [1, 2, 3], barred=(), held={}, each=2, read={1: 7, 2: 1})

    assert shares.pairs == (("a", 3), ("a", 2))
