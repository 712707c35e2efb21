"""`python -m evaluation.common_words`: counts the words that many messages share.

It counts in the invented training messages, never in messages of people: once in the questions
about rumours ("true", "they say"), once in all messages ("why", "my"); the higher share counts. It
writes data/common_words/<language>.txt: a word, and in how many of a thousand messages it stands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from bot.rumours.wording import COMMON_WORDS, OF, RARE, words
from evaluation import messages

ROUTE = "check_rumour"
# A word of fewer messages tells more about their writer than about the language.
FEWEST_MESSAGES = 3


def main() -> None:
    """Write the list of every language."""
    told, rumours = defaultdict(list), defaultdict(list)
    for example in messages.training():
        found = words(example.text, example.language)
        told[example.language].append(found)
        if example.right[0] == ROUTE:
            rumours[example.language].append(found)
    COMMON_WORDS.mkdir(parents=True, exist_ok=True)
    for language, every in told.items():
        shares = [_shares(every), _shares(rumours[language])]
        lines = [f"{word} {share:.0f}" for word, share in _higher(shares)]
        path = COMMON_WORDS / f"{language}.txt"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _shares(texts: list[tuple[str, ...]]) -> dict[str, float]:
    """Return in how many of a thousand texts each word stands, where it is not rare."""
    counts = Counter(word for text in texts for word in text)
    shares = {word: n * OF / len(texts) for word, n in counts.items() if n >= FEWEST_MESSAGES}
    return {word: share for word, share in shares.items() if share > RARE}


def _higher(shares: list[dict[str, float]]) -> Iterable[tuple[str, float]]:
    """Return each word with its higher share, the most common first."""
    words_of_all = {word for one in shares for word in one}
    highest = {word: max(one.get(word, 0.0) for one in shares) for word in words_of_all}
    return sorted(highest.items(), key=lambda pair: (-pair[1], pair[0]))


if __name__ == "__main__":
    main()
