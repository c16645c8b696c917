"""What a process needs before it begins: settings, data folder, secrets, schema."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from lacewing.app import ready_database
from lacewing.cli.box import data_folder
from lacewing.cli.box.logs import configure_logging
from lacewing.cli.grammar.telling import say
from lacewing.credentials import read_providers
from lacewing.settings import Settings, read

NEEDS_THE_OPERATOR = 2


@dataclass(frozen=True, slots=True)
class Prepared:
    settings: Settings
    secret_keys: str
    setup_code: str
    is_new: bool


def prepare(given: Mapping[str, str]) -> Prepared:
    """`given` overrides the environment. Files made from here on are their owner's alone.

    Raises SettingsError, SchemaError.
    """
    os.umask(0o077)
    settings = read({**os.environ, **given})
    configure_logging(settings.log_level)
    read_providers(settings.oidc_file)  # for its mistakes: each worker reads it for itself
    data_folder.prepare(settings)
    keys, setup_code = data_folder.secret_keys(settings), data_folder.setup_code(settings)
    return Prepared(settings, keys, setup_code, is_new=ready_database(settings))


def complain(sentences: str) -> int:
    """The exit code for what the operator has to mend."""
    say(sentences)
    return NEEDS_THE_OPERATOR
