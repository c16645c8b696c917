"""Refreshes, replays, log-outs and waiting in any order: a session lives as the model says (C-6 to C-8)."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from lacewing.credentials import LogIn, Presented, SessionSecrets, log_in, log_out, refresh_session
from lacewing.kit.errors import LacewingError
from tests.world import PASSWORD, World, visit

IDLE, LIFETIME, ACCESS, TABS = (
    timedelta(days=7),
    timedelta(days=30),
    timedelta(minutes=15),
    timedelta(seconds=10),
)


@dataclass
class Generation:
    secrets: SessionSecrets
    begun: datetime
    used: datetime | None = None


@dataclass
class Family:
    """What a session should be: its generations of secrets, and whether it was ended."""

    begun: datetime
    generations: list[Generation] = field(default_factory=list)
    is_ended: bool = False

    def is_live(self, now: datetime) -> bool:
        idle_since = self.generations[-1].begun
        return not self.is_ended and now < idle_since + IDLE and now < self.begun + LIFETIME


class SessionFamilies(RuleBasedStateMachine):
    world: World

    @initialize()
    def begin(self) -> None:
        self.world.clock.now = self.world.clock.now.replace(microsecond=0)
        self.vault = replace(self.world.vault, budgets=None)
        self.families: list[Family] = []
        self.log_in()

    @rule()
    def log_in(self) -> None:
        signed_in = self.world.run(
            log_in(self.world.db, visit(), self.vault, LogIn("ada@example.com", PASSWORD))
        )
        now = self.world.clock.now
        self.families.append(Family(now, [Generation(signed_in.secrets, now)]))

    @rule(
        seconds=st.sampled_from([1, 9, 10, 11, 14 * 60, 15 * 60, 3600])
        | st.sampled_from([86_400, 6 * 86_400, 604_800])
    )
    def wait(self, seconds: int) -> None:
        self.world.clock.advance(seconds=seconds)

    @rule(which=st.integers(0, 3), back=st.sampled_from([0, 0, 0, 1, 1, 2]))
    def refresh(self, which: int, back: int) -> None:
        """With the current secret, with its predecessor, or with an older one."""
        family = self.families[-1 - which % len(self.families)]
        at = len(family.generations) - 1 - min(back, len(family.generations) - 1)
        given, now = family.generations[at], self.world.clock.now
        answer = self.ask(given.secrets.refresh)

        if not family.is_live(now):
            assert answer is None
        elif given.used is None:
            assert answer is not None
            assert answer.refresh != given.secrets.refresh
            given.used = now
            family.generations.append(Generation(answer, now))
        elif family.generations[at + 1].used is None and now - given.used <= TABS:
            assert answer == family.generations[at + 1].secrets
        else:
            assert answer is None
            family.is_ended = True

    @rule(which=st.integers(0, 3), back=st.integers(0, 2))
    def log_out(self, which: int, back: int) -> None:
        family = self.families[-1 - which % len(self.families)]
        given = family.generations[-1 - min(back, len(family.generations) - 1)]
        self.world.run(log_out(self.world.db, visit(), self.vault, given.secrets.refresh))
        family.is_ended = True

    @invariant()
    def an_access_secret_opens_the_door_as_long_as_it_and_its_session_live(self) -> None:
        now = self.world.clock.now
        for family in getattr(self, "families", ()):
            for generation in family.generations[-3:]:
                expected = family.is_live(now) and now < min(
                    generation.begun + ACCESS, family.begun + LIFETIME
                )
                assert self.opens(generation.secrets) is expected

    def ask(self, secret: str) -> SessionSecrets | None:
        try:
            return self.world.run(refresh_session(self.world.db, visit(), self.vault, secret)).secrets
        except LacewingError:
            return None

    def opens(self, secrets: SessionSecrets) -> bool:
        try:
            self.world.authenticate(Presented(session=secrets.access))
        except LacewingError:
            return False
        return True


@pytest.mark.timeout(60)
def test_sessions_live_and_die_as_the_model_says(world: World) -> None:
    machine = type("Machine", (SessionFamilies,), {"world": world})

    run_state_machine_as_test(machine, settings=settings(max_examples=15, stateful_step_count=25))
