"""The words of every guided conversation, by the name of its flow; `bot/flows/` has the steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.words.guided import recovery, reporting, staff, worry
from bot.words.marks import Text


@dataclass(frozen=True)
class FlowWords:
    """What is asked at each step, the buttons, and what is said when one is chosen."""

    questions: Mapping[str, Text]
    answers: Mapping[str, Text]
    adds: Mapping[str, tuple[Text, ...]]


_REPORTING = FlowWords(reporting.QUESTIONS, reporting.ANSWERS, reporting.ADDS)

WORDS = {
    "staff": FlowWords(staff.QUESTIONS, staff.ANSWERS, staff.ADDS),
    "reporting": _REPORTING,
    "reporting_online": _REPORTING,
    "worry": FlowWords(worry.WORRY_QUESTIONS, worry.WORRY_ANSWERS, worry.WORRY_ADDS),
    "leaving": FlowWords(worry.LEAVING_QUESTIONS, worry.LEAVING_ANSWERS, worry.LEAVING_ADDS),
    "trauma": FlowWords(recovery.TRAUMA_QUESTIONS, recovery.TRAUMA_ANSWERS, recovery.TRAUMA_ADDS),
    "mood": FlowWords(recovery.MOOD_QUESTIONS, recovery.MOOD_ANSWERS, recovery.MOOD_ADDS),
    "work": FlowWords(recovery.WORK_QUESTIONS, recovery.WORK_ANSWERS, recovery.WORK_ADDS),
}
