"""Two texts as one, word by word."""

import difflib

LONG = 4_000_000  # beyond so many pairs of words a text is shown as wholly replaced


def marked(old: str, new: str) -> list[tuple[str, str]]:
    """Runs of words of both texts, each with where it stands: "same", "old" or "new"."""
    before, after = old.split(), new.split()
    if len(before) * len(after) > LONG:
        return [("old", old), ("new", new)]
    result = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            result.append(("same", " ".join(before[a:b])))
            continue
        for side, words in (("old", before[a:b]), ("new", after[c:d])):
            if words:
                result.append((side, " ".join(words)))
    return result
