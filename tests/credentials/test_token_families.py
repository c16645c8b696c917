"""Use, rotation, revocation and waiting in any order, in two processes: tokens live as the model says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from lacewing.credentials import MintedToken, Rotation, revoke_token
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.storage import Database
from tests.credentials.rotating import opens, rotate, rotate_itself
from tests.world import World

MINUTE = timedelta(seconds=60)
DAYS = 1
GRACES = st.sampled_from([0, 3600])
BACK = st.sampled_from([0, 0, 1, 1, 2, 3])


@dataclass(eq=False)
class Generation:
    """A token as it should be: when it ends, whether it was ended, what came after it."""

    minted: MintedToken
    end: datetime
    predecessor: "Generation | None" = None
    successor: "Generation | None" = None
    rotated: datetime | None = None
    own_end: datetime | None = None
    is_used: bool = False
    is_settled: bool = True
    is_revoked: bool = False

    def is_live(self, now: datetime) -> bool:
        return not self.is_revoked and now < self.end

    def use(self, now: datetime) -> None:
        if not self.is_settled:
            self.is_settled = True
            if self.predecessor is not None:
                self.predecessor.end = min(self.predecessor.end, now + MINUTE)

    def replace(self, minted: MintedToken, now: datetime, grace: int) -> "Generation":
        self.own_end = self.own_end or self.end
        self.end = min(self.end, now + timedelta(seconds=grace))
        self.rotated = self.rotated or now
        self.is_settled = True
        expires_at = minted.token.expires_at
        assert expires_at is not None
        self.successor = Generation(minted, expires_at, self, is_settled=False)
        return self.successor


@dataclass
class Family:
    generations: list[Generation] = field(default_factory=list)


class TokenFamilies(RuleBasedStateMachine):
    """Each rule is asked of one of two Databases, which are as two processes."""

    worlds: tuple[World, World]

    @initialize()
    def begin(self) -> None:
        self.world = self.worlds[0]
        self.families: list[Family] = []
        self.ada = self.world.session("ada")
        self.mint()

    @property
    def now(self) -> datetime:
        return self.world.clock.now

    @precondition(lambda self: len(self.families) < 2)
    @rule()
    def mint(self) -> None:
        minted = self.world.mint(expires_in_days=DAYS)
        self.families.append(Family([Generation(minted, self.now + timedelta(days=DAYS))]))

    @rule(seconds=st.sampled_from([1, 59, 61, 7200]))
    def wait(self, seconds: int) -> None:
        self.world.clock.advance(seconds=seconds)

    @rule(at=BACK, process=st.integers(0, 1))
    def use(self, at: int, process: int) -> None:
        _, token = self.pick(at)
        assert opens(self.worlds[process], token.minted.secret) is token.is_live(self.now)
        if token.is_live(self.now):
            token.use(self.now)

    @rule(at=BACK, process=st.integers(0, 1), grace=GRACES)
    def rotate_itself(self, at: int, process: int, grace: int) -> None:
        family, token = self.pick(at)
        answer = self.ask(
            lambda: rotate_itself(self.worlds[process], token.minted.secret, Rotation(None, grace))
        )
        now = self.now
        if token.is_live(now):
            token.use(now)
        if token.successor is None or token.rotated is None or token.own_end is None:
            self.expect(family, token, answer, grace, succeeds=token.is_live(now))
            return
        in_time = now <= token.rotated + MINUTE and not token.is_revoked
        next_one = token.successor
        again = in_time and now < token.own_end and not next_one.is_settled and not next_one.is_revoked
        if again:
            next_one.is_revoked = True
            self.expect(family, token, answer, grace, succeeds=True)
        elif token.is_live(now):
            assert answer is ErrorKind.CONFLICT
        else:
            assert answer is ErrorKind.UNAUTHENTICATED
            if not in_time and not token.is_revoked:
                self.revoke_all(family)

    @rule(at=BACK, process=st.integers(0, 1), grace=GRACES)
    def rotate_by_session(self, at: int, process: int, grace: int) -> None:
        family, token = self.pick(at)
        world = self.worlds[process]
        answer = self.ask(lambda: rotate(world, self.ada, token.minted, Rotation(DAYS, grace)))
        if not token.is_live(self.now):
            assert answer is ErrorKind.NOT_FOUND
        elif token.successor is not None:
            assert answer is ErrorKind.CONFLICT
        else:
            self.expect(family, token, answer, grace, succeeds=True)

    @rule(at=BACK, process=st.integers(0, 1))
    def revoke(self, at: int, process: int) -> None:
        _, token = self.pick(at)
        db = self.worlds[process].db
        answer = self.ask(lambda: self.world.run(revoke_token(db, self.ada, token.minted.token.id)))
        assert answer is (None if token.is_live(self.now) else ErrorKind.NOT_FOUND)
        token.is_revoked = token.is_revoked or token.is_live(self.now)

    @invariant()
    def a_token_has_at_most_one_live_successor(self) -> None:
        for family in getattr(self, "families", ()):
            for token in family.generations:
                following = [one for one in family.generations if one.predecessor is token]
                assert sum(one.is_live(self.now) for one in following) <= 1

    @invariant()
    def what_is_over_opens_no_door(self) -> None:
        for family in getattr(self, "families", ()):
            for token in family.generations[-4:]:
                if not token.is_live(self.now):
                    assert not opens(self.worlds[1], token.minted.secret)

    def expect(
        self, family: Family, token: Generation, answer: object, grace: int, *, succeeds: bool
    ) -> None:
        if not succeeds:
            assert answer is ErrorKind.UNAUTHENTICATED
            return
        assert isinstance(answer, MintedToken)
        assert answer.token.id not in {one.minted.token.id for one in family.generations}
        family.generations.append(token.replace(answer, self.now, grace))

    def pick(self, at: int) -> tuple[Family, Generation]:
        """The newest first."""
        every = [(family, token) for family in self.families for token in family.generations]
        return every[-1 - at % len(every)]

    def revoke_all(self, family: Family) -> None:
        for token in family.generations:
            token.is_revoked = True

    def ask(self, call: Callable[[], object]) -> object:
        try:
            return call()
        except LacewingError as error:
            return error.kind


@pytest.mark.timeout(120)
def test_tokens_live_and_die_as_the_model_says(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    machine = type("Machine", (TokenFamilies,), {"worlds": (world, world.beside(open_db(world_url)))})

    run_state_machine_as_test(machine, settings=settings(max_examples=50, stateful_step_count=30))
