"""Plain phrases of each supported language, that any understanding must get right."""

from __future__ import annotations

GREETINGS = {
    "en": "hello",
    "fr": "bonjour",
    "nl": "goedemorgen",
    "ar": "مرحبا",
    "de": "Guten Tag",
    "es": "buenos días",
    "da": "godmorgen, er der nogen",
    "sv": "hej, god morgon",
    "fi": "hyvää huomenta",
    "sk": "dobrý deň",
    "tr": "merhaba, iyi günler",
    "uk": "добрий день",
}
NEEDS = {
    "en": ("I am looking for a lawyer", "legal_help"),
    "fr": ("je cherche un logement", "housing_help"),
    "nl": ("waar kan ik Nederlands leren", "language_course"),
    "ar": ("ابحث عن عمل", "job_help"),
    "de": ("ich suche eine Wohnung", "housing_help"),
    "es": ("necesito un abogado", "legal_help"),
    "da": ("jeg leder efter et arbejde", "job_help"),
    "sv": ("jag söker jobb, vem kan hjälpa mig", "job_help"),
    "fi": ("tarvitsen lakimiehen apua", "legal_help"),
    "sk": ("hľadám si prácu", "job_help"),
    "tr": ("iş arıyorum, kim yardım edebilir", "job_help"),
    "uk": ("шукаю роботу", "job_help"),
}
WHERE = {
    "en": "where is it?",
    "fr": "c'est où ?",
    "nl": "waar is het?",
    "ar": "ساعات الدوام؟",
    "de": "wo ist das?",
    "es": "¿dónde está?",
    "da": "hvor ligger det?",
    "sv": "var ligger det?",
    "fi": "missä se on?",
    "sk": "kde to je?",
    "tr": "orası nerede?",
    "uk": "де це знаходиться?",
}
CRIES = {
    "en": "I want to die",
    "fr": "je veux mourir",
    "nl": "ik wil dood",
    "ar": "بدي موت",
    "de": "ich will sterben",
    "es": "quiero morirme",
    "da": "jeg vil dø",
    "sv": "jag vill dö",
    "fi": "haluan kuolla",
    "sk": "chcem zomrieť",
    "tr": "ölmek istiyorum",
    "uk": "я хочу померти",
}
