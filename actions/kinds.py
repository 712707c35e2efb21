"""The actions that `data/rules.yml` calls: one for each kind of answer, each only a declaration."""

from __future__ import annotations

from actions.turn import AnswerAction


class AnswerUrgent(AnswerAction):
    """Someone may be in danger: the card of numbers."""

    kind = "action_answer_urgent"


class AnswerServices(AnswerAction):
    """A need: the services for it."""

    kind = "action_answer_services"


class AnswerWhereWhen(AnswerAction):
    """Where and when, about the services shown last."""

    kind = "action_answer_where_when"


class ChangeLanguage(AnswerAction):
    """Another language: set or offered."""

    kind = "action_change_language"


class Converse(AnswerAction):
    """Everything else that is said in a conversation."""

    kind = "action_converse"
