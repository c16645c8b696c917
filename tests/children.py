"""Servers that tests start: each dies with the process that started it, however that ends."""

import pwd
import signal
import sys
from collections.abc import Sequence
from typing import Final

# A process of its own asks for the death signal, then becomes the program, because subprocess' `preexec_fn`
# forks, which a process with threads should not. setuid() clears the signal, so it comes first. The signal is
# tied to the thread that starts the child: start it on one that lives as long.
_LAUNCH: Final = """
import ctypes, os, sys
death_signal, user, group, *command = sys.argv[1:]
if int(user) != os.geteuid():
    os.setgroups([])
    os.setgid(int(group))
    os.setuid(int(user))
PR_SET_PDEATHSIG = 1
ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
os.execv(command[0], command)
"""


def bound_to_us(
    command: Sequence[str], death_signal: signal.Signals, account: pwd.struct_passwd
) -> list[str]:
    """The command line that runs `command` as `account`, and sends it `death_signal` when we are gone."""
    launch = [sys.executable, "-I", "-S", "-c", _LAUNCH]
    return [*launch, str(int(death_signal)), str(account.pw_uid), str(account.pw_gid), *command]
