"""Refreshes, replays, log-outs and waiting in any order: a session lives as the model says (C-6 to C-8)."""

from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from lacewing.access.actor import FRESH, Actor
from lacewing.budgets import StoredBudgets
from lacewing.credentials import (
    LogIn,
    PasswordChange,
    Presented,
    Proof,
    SessionSecrets,
    change_password,
    end_other_sessions,
    log_in,
    log_out,
    prove,
    refresh_session,
)
from lacewing.kit.errors import LacewingError
from lacewing.storage import Database
from tests.world import PASSWORD, World, visit

IDLE, LIFETIME, ACCESS, TABS = (
    timedelta(days=7),
    timedelta(days=30),
    timedelta(minutes=15),
    timedelta(seconds=10),
)

NEXT = "what the password is changed to"

Value = TypeVar("Value")


@dataclass
class Generation:
    secrets: SessionSecrets
    begun: datetime
    used: datetime | None = None


@dataclass
class Family:
    """What a session should be: its generations of secrets, and whether it was ended."""

    begun: datetime
    proved: datetime
    generations: list[Generation] = field(default_factory=list)
    is_ended: bool = False

    def is_live(self, now: datetime) -> bool:
        idle_since = self.generations[-1].begun
        return not self.is_ended and now < idle_since + IDLE and now < self.begun + LIFETIME


WHICH, PROCESS = st.integers(0, 3), st.integers(0, 1)


class SessionFamilies(RuleBasedStateMachine):
    """One person's sessions, asked in two processes."""

    world: World
    other: Database

    @initialize()
    def begin(self) -> None:
        self.world.clock.now = self.world.clock.now.replace(microsecond=0)
        self.vault = replace(self.world.vault, budgets=StoredBudgets(None))
        first = self.password_now()
        self.passwords = (first, NEXT if first == PASSWORD else PASSWORD)
        self.families: list[Family] = []
        self.log_in(0)

    @rule(process=PROCESS)
    def log_in(self, process: int) -> None:
        value = LogIn("ada@example.com", self.passwords[0])
        signed_in = self.world.run(log_in(self.db(process), visit(), self.vault, value))
        now = self.world.clock.now
        self.families.append(Family(now, now, [Generation(signed_in.secrets, now)]))

    @rule(which=WHICH, process=PROCESS, is_right=st.sampled_from([True, True, False]))
    def prove(self, which: int, process: int, is_right: bool) -> None:
        """K-1: the family goes on as another, whose last day is the same."""
        family = self.pick(which)
        proof = Proof(self.passwords[0] if is_right else "not the password")
        after = self.attempt(family, lambda actor: prove(self.db(process), actor, self.vault, proof))

        assert (after is not None) == (is_right and self.may_ask(family))
        if after is not None:
            self.go_on(family, after.secrets)

    @rule(which=WHICH, process=PROCESS)
    def change_password(self, which: int, process: int) -> None:
        """C-9: every family but the one that asks ends."""
        family, (old, new) = self.pick(which), self.passwords
        change = PasswordChange(old, new)
        after = self.attempt(
            family, lambda actor: change_password(self.db(process), actor, self.vault, change)
        )

        assert (after is not None) == self.is_fresh(family)
        if after is not None:
            self.passwords = (new, old)
            self.end_all_but(family)
            self.go_on(family, after.secrets)

    @rule(which=WHICH, process=PROCESS)
    def end_others(self, which: int, process: int) -> None:
        """K-3."""
        family = self.pick(which)
        done = self.attempt(family, lambda actor: self.told(end_other_sessions(self.db(process), actor)))

        assert bool(done) == self.is_fresh(family)
        if done:
            self.end_all_but(family)

    @rule(
        seconds=st.sampled_from([1, 9, 10, 11, 14 * 60, 15 * 60, 3600])
        | st.sampled_from([86_400, 6 * 86_400, 604_800])
    )
    def wait(self, seconds: int) -> None:
        self.world.clock.advance(seconds=seconds)

    @rule(which=WHICH, process=PROCESS, back=st.sampled_from([0, 0, 0, 1, 1, 2]))
    def refresh(self, which: int, process: int, back: int) -> None:
        """With the current secret, with its predecessor, or with an older one."""
        family = self.pick(which)
        at = len(family.generations) - 1 - min(back, len(family.generations) - 1)
        given, now = family.generations[at], self.world.clock.now
        answer = self.ask(given.secrets.refresh, process)

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

    @rule(which=WHICH, process=PROCESS, back=st.integers(0, 2))
    def log_out(self, which: int, process: int, back: int) -> None:
        family = self.pick(which)
        given = family.generations[-1 - min(back, len(family.generations) - 1)]
        self.world.run(log_out(self.db(process), visit(), self.vault, given.secrets.refresh))
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

    def db(self, process: int) -> Database:
        return (self.world.db, self.other)[process]

    def pick(self, which: int) -> Family:
        return self.families[-1 - which % len(self.families)]

    def may_ask(self, family: Family) -> bool:
        """Whether the access secret of the newest generation still opens the door."""
        return family.is_live(self.world.clock.now) and (
            self.world.clock.now < family.generations[-1].begun + ACCESS
        )

    def is_fresh(self, family: Family) -> bool:
        return self.may_ask(family) and self.world.clock.now - family.proved <= FRESH

    def go_on(self, family: Family, secrets: SessionSecrets) -> None:
        family.is_ended = True
        now = self.world.clock.now
        self.families.append(Family(family.begun, now, [Generation(secrets, now)]))

    def end_all_but(self, spared: Family) -> None:
        for family in self.families:
            family.is_ended = family.is_ended or family is not spared

    def attempt(self, family: Family, verb: Callable[[Actor], Coroutine[Any, Any, Value]]) -> Value | None:
        """None for whatever refusal."""
        secret = family.generations[-1].secrets.access
        try:
            return self.world.run(verb(self.world.authenticate(Presented(session=secret))))
        except LacewingError:
            return None

    async def told(self, done: Coroutine[Any, Any, None]) -> bool:
        await done
        return True

    def password_now(self) -> str:
        """An earlier example may have changed it: all of them share one database."""
        for password in (PASSWORD, NEXT):
            value = LogIn("ada@example.com", password)
            with suppress(LacewingError):
                self.world.run(log_in(self.world.db, visit(), self.vault, value))
                return password
        raise AssertionError("neither password logs in")

    def ask(self, secret: str, process: int) -> SessionSecrets | None:
        try:
            return self.world.run(refresh_session(self.db(process), visit(), self.vault, secret)).secrets
        except LacewingError:
            return None

    def opens(self, secrets: SessionSecrets) -> bool:
        try:
            self.world.authenticate(Presented(session=secrets.access))
        except LacewingError:
            return False
        return True


@pytest.mark.timeout(120)
def test_sessions_live_and_die_as_the_model_says(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    machine = type("Machine", (SessionFamilies,), {"world": world, "other": open_db(world_url)})

    run_state_machine_as_test(machine, settings=settings(max_examples=15, stateful_step_count=25))
