"""Made-up people, new in every run, so that any trace of one is of this run."""

from __future__ import annotations

import random
import string
from dataclasses import astuple, dataclass, field

# No digits in made-up words: many in a row would be taken for a number, and left out.
CONSONANTS = "".join(sorted({*string.ascii_lowercase} - {*"aeiouy"}))
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def digits(count: int) -> str:
    return "".join(random.choices("123456789", k=count))


def letters(count: int = 10) -> str:
    return "".join(random.choices(CONSONANTS, k=count))


@dataclass(frozen=True)
class Canary:
    name: str = field(default_factory=lambda: f"Xavi{letters()}")
    arabic_name: str = field(default_factory=lambda: "".join(random.choices(ARABIC, k=10)))
    phone: str = field(
        default_factory=lambda: f"+32 4{digits(2)} {digits(2)} {digits(2)} {digits(2)}"
    )
    plain_phone: str = field(default_factory=lambda: f"04{digits(8)}")
    email: str = field(default_factory=lambda: f"k{letters()}@mail.example")
    link: str = field(default_factory=lambda: f"https://l{letters()}.example/x")
    handle: str = field(default_factory=lambda: f"@h{letters()}")
    street: str = field(default_factory=lambda: f"Rue{letters()} 12")
    story: str = field(default_factory=lambda: f"zebra{letters()}")
    data: str = field(default_factory=lambda: f"button{letters()}")
    # Inside Brussels, with digits that nothing else has.
    latitude: str = field(default_factory=lambda: f"50.83{digits(6)}")
    longitude: str = field(default_factory=lambda: f"4.36{digits(6)}")
    chat: int = field(default_factory=lambda: random.randrange(3_000_000_000, 3_999_999_999))

    @property
    def secrets(self) -> list[str]:
        return [str(value) for value in astuple(self)]

    @property
    def numbers_and_links(self) -> list[str]:
        numbers = [self.phone, self.plain_phone, self.latitude, self.longitude, str(self.chat)]
        return [*numbers, self.email, self.link, self.handle]
