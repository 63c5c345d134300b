"""Who reads which file: an even share, never somebody whom the file concerns, and pairs that change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Shares:
    """Pairs of file and reviewer to add, and the files that lack reviewers with how many they lack."""

    pairs: tuple[tuple[str, int], ...]
    short: Mapping[str, int]


def share_out(
    files: Sequence[str],
    reviewers: Sequence[int],
    *,
    barred: Collection[tuple[str, int]],
    held: Mapping[str, Collection[int]],
    each: int,
    read: Mapping[int, int] | None = None,
) -> Shares:
    """Give each file ``each`` reviewers in all, counting those it has (``held``).

    ``read`` is how many other files each reviewer already has in the same call: what is ranked was work too.

    The files that fewest may read are served first. Each goes to whoever reads least; among equals, to the one who
    shared fewest files with those who already read it. The same input gives the same shares.
    """
    load = Counter(read or {})
    load.update(reviewer for readers in held.values() for reviewer in readers)
    together: Counter[frozenset[int]] = Counter(
        frozenset(pair) for readers in held.values() for pair in combinations(sorted(readers), 2)
    )
    free = {file: [one for one in reviewers if (file, one) not in barred] for file in files}
    pairs: list[tuple[str, int]] = []
    short: dict[str, int] = {}
    for file in sorted(files, key=lambda one: (len(free[one]), one)):
        readers = set(held.get(file, ()))
        while len(readers) < each:
            left = [one for one in free[file] if one not in readers]
            if not left:
                short[file] = each - len(readers)
                break
            chosen = min(left, key=lambda one: (load[one], sum(together[frozenset((one, by))] for by in readers), one))
            together.update(frozenset((chosen, by)) for by in readers)
            readers.add(chosen)
            load[chosen] += 1
            pairs.append((file, chosen))
    return Shares(tuple(pairs), short)
