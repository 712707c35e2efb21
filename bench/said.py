"""What the made-up people of the benchmark write: own messages, in none of our message sets.

Twelve languages, four messages each: two needs, something said in passing, and something heavier.
Six of the 48 are cries for help, so that urgent answers have their share.
"""

from __future__ import annotations

from collections.abc import Sequence

MESSAGES = {
    "en": (
        "our heating broke in November and the owner ignores every call, who can make him act",
        "where could my mother practise her English on weekday mornings",
        "good evening, are you awake",
        "someone outside our door says he will stab us tonight",
    ),
    "fr": (
        "la crèche a refusé mon fils à cause de nos papiers, à qui en parler",
        "je voudrais un atelier de cuisine ou de couture près du canal",
        "merci beaucoup, c'était clair",
        "depuis l'explosion je sursaute au moindre bruit",
    ),
    "nl": (
        "mijn huisbaas geeft de waarborg niet terug na negen maanden",
        "zijn er avondlessen Nederlands voor iemand die overdag poetst",
        "goeiemiddag, wat kan ik hier vragen",
        "ik heb pillen klaargelegd en wil er niet meer zijn",
    ),
    "ar": (
        "فاتورة الكهرباء كبيرة جدا ولا أملك ثمنها هذا الشهر",
        "أين أسجل ابنتي في مدرسة ابتدائية بعد انتقالنا",
        "مساء الخير كيف تعمل هذه الخدمة",
        "زوجي يضربني أمام الأطفال وهو الآن في الغرفة المجاورة",
    ),
    "de": (
        "die Hausverwaltung hat mir zum Monatsende gekündigt, was mache ich nun",
        "gibt es im Viertel einen Fußballverein für Zwölfjährige",
        "danke, das reicht mir fürs Erste",
        "ein Schüler malt ständig Runen und droht den anderen auf dem Pausenhof",
    ),
    "es": (
        "me despidieron sin contrato y no sé reclamar el último sueldo",
        "quiero apuntarme a un curso de informática para empezar a trabajar",
        "hola, acabo de llegar a la ciudad",
        "en el tranvía me escupieron por llevar pañuelo",
    ),
    "da": (
        "min nabo råber racistiske ord efter mine børn på trappen",
        "hvor kan jeg få hjælp til at udfylde papirer fra kommunen",
        "tak, det var alt for i dag",
        "min eks står i opgangen med en kniv",
    ),
    "sv": (
        "vi får inte ihop pengarna till mat den här veckan",
        "finns det någon som hjälper mig att skriva ett cv",
        "hejsan, är det här kommunens chatt",
        "min bror läser bara om strid och pratar om att resa bort",
    ),
    "fi": (
        "vuokrasopimus päättyy enkä löydä uutta asuntoa kolmelle lapselle",
        "mistä löydän harrastuksen yksinäiselle eläkeläiselle",
        "kiitos avusta, hyvää illanjatkoa",
        "en jaksa enää elää ja olen sillalla",
    ),
    "sk": (
        "potrebujem lekára, ale nemám poistenie ani preukaz",
        "kde sa dá prihlásiť trvalý pobyt po presťahovaní",
        "dobrý večer, ako mi viete pomôcť",
        "na internete o našej rodine píšu samé nenávistné klamstvá",
    ),
    "tr": (
        "annem tekerlekli sandalye kullanıyor, evde bakım için nereye başvururuz",
        "çocuğuma ücretsiz ödev yardımı veren bir yer var mı",
        "teşekkür ederim, iyi akşamlar",
        "komşum bomba yaptığını ve yarın meydana gideceğini söyledi",
    ),
    "uk": (
        "ми щойно приїхали й не знаємо, де зареєструватися",
        "де можна безкоштовно порадитися з юристом про роботу",
        "добрий вечір, ви справжня людина",
        "після обстрілів мій син не спить і весь час плаче",
    ),
}
LANGUAGES = tuple(MESSAGES)
# Of six turns in a conversation, two press a button of the reply before.
TYPED, PRESSED = "typed", "pressed"
STEPS = (TYPED, PRESSED, TYPED, TYPED, PRESSED, TYPED)
# These would end the conversation.
NOT_PRESSED = "forget"


def language_of(person: int) -> str:
    """Return the language of a person, who is a number."""
    return LANGUAGES[person % len(LANGUAGES)]


def says(person: int, turn: int, buttons: Sequence[str]) -> str:
    """Return what a person sends as their `turn`th message (from 0): words, or a button's payload.

    `buttons` are the payloads below the reply before; without any, words are typed.
    """
    offered = [payload for payload in buttons if NOT_PRESSED not in payload]
    if STEPS[turn % len(STEPS)] == PRESSED and offered:
        return offered[(person + turn) % len(offered)]
    own = MESSAGES[language_of(person)]
    return own[(person // len(LANGUAGES) + turn) % len(own)]
