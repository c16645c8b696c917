"""All parts in their order, and how they are told."""

import asyncio
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from lacewing.cli.box.doctor.findings import Finding, State, fault
from lacewing.cli.box.doctor.of_database import examine_database
from lacewing.cli.box.doctor.of_folder import examine_folder, examine_keys
from lacewing.cli.box.doctor.of_services import examine_services
from lacewing.cli.box.doctor.of_settings import PART, examine_settings
from lacewing.cli.box.logs import configure_logging
from lacewing.cli.grammar import Exit
from lacewing.cli.remote.table import GREEN, RED, YELLOW, painted
from lacewing.settings import Settings, SettingsError, read

_COLOURS = {State.OK: GREEN, State.WARNING: YELLOW, State.FAULT: RED}
_ADVICE = "docs/settings.md lists them all."


def examine(given: Mapping[str, str], *, is_json: bool) -> int:
    """`given` overrides the environment. Fails if there is a fault; a warning is none."""
    configure_logging("critical")
    found = list(_findings(given))
    if is_json:
        print(json.dumps([asdict(finding) for finding in found], indent=2))
    else:
        print("\n".join(line for finding in found for line in _lines(finding)))
        print(f"\n{_sum(found)}")
    return Exit.FAILED if any(finding.state is State.FAULT for finding in found) else Exit.OK


def _findings(given: Mapping[str, str]) -> Iterator[Finding]:
    os.umask(0o077)
    try:
        settings = read({**os.environ, **given})
    except SettingsError as error:
        yield from (fault(PART, mistake, _ADVICE) for mistake in error.mistakes)
        return
    yield from examine_settings(settings)
    yield from _of_machine(settings)


def _of_machine(settings: Settings) -> Iterator[Finding]:
    """Without its folder there is nothing more to be said."""
    yield from examine_folder(settings)
    if settings.data.is_dir():
        yield from examine_keys(settings)
        yield from examine_database(settings)
        yield from asyncio.run(examine_services(settings))


def _lines(finding: Finding) -> Iterator[str]:
    yield f"{painted(f'{finding.state:8}', _COLOURS[finding.state])}{finding.part:10}{finding.sentence}"
    if finding.remedy:
        yield f"{'':18}{finding.remedy}"


def _sum(found: list[Finding]) -> str:
    faults, warnings = (sum(each.state is state for each in found) for state in (State.FAULT, State.WARNING))
    if not faults and not warnings:
        return "All is well."
    return f"{_count(faults, 'fault')}, {_count(warnings, 'warning')}.".capitalize()


def _count(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"
