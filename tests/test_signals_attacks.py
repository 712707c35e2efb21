"""Attacks on the releases: none succeeds."""

from __future__ import annotations

import pytest
from signals_attacks import ATTACKS


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_an_attack_does_not_succeed(attack, tmp_path):
    attack(tmp_path)
