"""Every command, a line each. A command's module is loaded when it is called."""

import gc
import io
import os
import sys
from typing import TextIO, cast

from lacewing.cli.grammar import Entry
from lacewing.cli.grammar.running import run

_ADMIN = "lacewing.cli.box.admin"
_IMPORT = "lacewing.cli.box.importing"
_REMOTE = "lacewing.cli.remote"
_REPORTS = f"{_REMOTE}.reports"
_TICKETS = f"{_REMOTE}.tickets"

COMMANDS = (
    Entry("", "A self-hosted bug reporter and tracker. `lacewing --version` tells which this is."),
    Entry("login", "Log in to a server.", f"{_REMOTE}.login:login"),
    Entry("logout", "Log out: the token is revoked and forgotten.", f"{_REMOTE}.logout:logout"),
    Entry("register", "Make an account on a server.", f"{_REMOTE}.register:register"),
    Entry("register-beta", "Ask for a place on a waiting list.", f"{_REMOTE}.register:register_beta"),
    Entry("profiles", "The servers that you are logged in to."),
    Entry("profiles list", "List them.", f"{_REMOTE}.servers:list_profiles"),
    Entry("profiles use", "Switch to another.", f"{_REMOTE}.servers:use_profile"),
    Entry("whoami", "Who you are, on which server.", f"{_REMOTE}.whoami:whoami"),
    Entry("projects", "Projects, and their publishable keys."),
    Entry("projects list", "The projects that you may read.", f"{_REMOTE}.projects:list_projects"),
    Entry("projects show", "One project.", f"{_REMOTE}.projects:show_project"),
    Entry("projects create", "Make a project.", f"{_REMOTE}.project_changes:create_project"),
    Entry("projects update", "Change a project.", f"{_REMOTE}.project_changes:update_project"),
    Entry("projects delete", "Delete a project.", f"{_REMOTE}.project_changes:delete_project"),
    Entry("projects restore", "Restore a deleted project.", f"{_REMOTE}.project_changes:restore_project"),
    Entry("projects keys", "Its publishable keys.", f"{_REMOTE}.project_keys:list_keys"),
    Entry("projects create-key", "Make a further key.", f"{_REMOTE}.project_keys:create_key"),
    Entry("projects rotate-key", "Replace the primary key.", f"{_REMOTE}.project_keys:rotate_key"),
    Entry("config", "What a project says to its widget."),
    Entry("config show", "All of it.", f"{_REMOTE}.widget_config:show_config"),
    Entry("config get", "One value.", f"{_REMOTE}.widget_config:get_config"),
    Entry("config set", "Set one value.", f"{_REMOTE}.widget_config:set_config"),
    Entry("config unset", "Leave a value to the widget again.", f"{_REMOTE}.widget_config:unset_config"),
    Entry("members", "Who has a role in a project."),
    Entry("members list", "List them.", f"{_REMOTE}.members:list_members"),
    Entry("members invite", "Invite somebody by mail.", f"{_REMOTE}.members:invite_member"),
    Entry("members update", "Change somebody's role.", f"{_REMOTE}.members:change_member"),
    Entry("members remove", "Take a role back.", f"{_REMOTE}.members:remove_member"),
    Entry("reports", "What was reported: read it, change it, follow it."),
    Entry("reports list", "List reports, the newest first.", f"{_REPORTS}.listing:list_reports"),
    Entry("reports view", "Read one report.", f"{_REPORTS}.viewing:view_report"),
    Entry("reports update", "Change reports.", f"{_REPORTS}.changing:update_reports"),
    Entry("reports comment", "Comment on a report.", f"{_REPORTS}.commenting:comment_on_report"),
    Entry("reports assign", "Say who sees to a report.", f"{_REPORTS}.changing:assign_report"),
    Entry("reports open", "Open a report in the browser.", f"{_REPORTS}.opening:open_report"),
    Entry(
        "reports export", "Take a report along, or all of a project.", f"{_REPORTS}.exporting:export_reports"
    ),
    Entry("reports watch", "See what happens, as it happens.", f"{_REPORTS}.watching:watch_reports"),
    Entry("reports merge", "Make a report a duplicate of another.", f"{_REPORTS}.merging:merge_report"),
    Entry("reports unmerge", "Make a duplicate stand alone again.", f"{_REPORTS}.merging:unmerge_report"),
    Entry("reports delete", "Delete reports for good.", f"{_REPORTS}.deleting:delete_reports"),
    Entry("tickets", "Reports in Given-When-Then form."),
    Entry("tickets create", "Make a ticket.", f"{_TICKETS}.writing:create_ticket"),
    Entry("tickets list", "List tickets, the newest first.", f"{_TICKETS}.reading:list_tickets"),
    Entry("tickets view", "Read one ticket.", f"{_TICKETS}.reading:view_ticket"),
    Entry("tickets update", "Change a ticket.", f"{_TICKETS}.writing:update_ticket"),
    Entry("stats", "How many reports there are.", f"{_REMOTE}.stats:show_stats"),
    Entry("tokens", "Your tokens, and those of projects."),
    Entry("tokens list", "List tokens, without their values.", f"{_REMOTE}.tokens:list_tokens"),
    Entry("tokens create", "Make a token.", f"{_REMOTE}.tokens:create_token"),
    Entry("tokens rotate", "Give a token a new secret.", f"{_REMOTE}.tokens:rotate_token"),
    Entry("tokens revoke", "End a token at once.", f"{_REMOTE}.tokens:revoke_token"),
    Entry("sessions", "Where you are logged in with a browser."),
    Entry("sessions list", "List the sessions.", f"{_REMOTE}.sessions:list_sessions"),
    Entry("sessions end", "Log out there.", f"{_REMOTE}.sessions:end_session"),
    Entry("sessions end-all", "Log out everywhere.", f"{_REMOTE}.sessions:end_sessions"),
    Entry("webhooks", "Who is told of a project's events."),
    Entry("webhooks list", "List webhooks.", f"{_REMOTE}.webhooks:list_webhooks"),
    Entry("webhooks create", "Make a webhook.", f"{_REMOTE}.webhooks:create_webhook"),
    Entry("webhooks update", "Change a webhook.", f"{_REMOTE}.webhooks:update_webhook"),
    Entry("webhooks delete", "Delete a webhook.", f"{_REMOTE}.webhooks:delete_webhook"),
    Entry("webhooks rotate-secret", "Give it a new secret.", f"{_REMOTE}.webhooks:rotate_secret"),
    Entry("webhooks test", "Try it, and see what it answers.", f"{_REMOTE}.deliveries:try_webhook"),
    Entry("webhooks deliveries", "What it was told.", f"{_REMOTE}.deliveries:list_deliveries"),
    Entry("webhooks resend", "Tell it again.", f"{_REMOTE}.deliveries:resend_delivery"),
    Entry("billing", "What a server that sells is paid."),
    Entry("billing status", "The plan.", f"{_REMOTE}.billing:status"),
    Entry("billing upgrade", "Open the page where plans are sold.", f"{_REMOTE}.billing:upgrade"),
    Entry("billing cancel", "Cancel the subscription.", f"{_REMOTE}.billing:cancel"),
    Entry(
        "init", "Bring the widget onto a site, and wait for its first report.", f"{_REMOTE}.init.command:init"
    ),
    Entry("report", "Send a report, also of a command that failed.", f"{_REMOTE}.reporting.sending:report"),
    Entry("completion", "Make your shell complete commands.", "lacewing.cli.completion:completion"),
    # On the machine itself
    Entry("serve", "Start the server.", "lacewing.cli.box.service:serve"),
    Entry("worker", "Do what waits to be done, beside servers.", "lacewing.cli.box.service:worker"),
    Entry("migrate", "Bring the database's schema to this program's.", "lacewing.cli.box.service:migrate"),
    Entry("doctor", "Look at what a server needs, and say what to do.", "lacewing.cli.box.copies:doctor"),
    Entry("backup", "Copy all that is stored into one file.", "lacewing.cli.box.copies:backup"),
    Entry("restore", "Bring back a backup.", "lacewing.cli.box.copies:restore"),
    Entry("import", "Take over what another tracker holds, into an organization."),
    Entry("import bugspark", "Projects and reports of a BugSpark.", f"{_IMPORT}:import_bugspark"),
    Entry("import bugpin", "Projects and reports of a BugPin.", f"{_IMPORT}:import_bugpin"),
    Entry("admin", "Administer people and credentials, on the server's own machine."),
    Entry("admin create-user", "Make an account.", f"{_ADMIN}:create_user"),
    Entry("admin list-users", "List accounts.", f"{_ADMIN}:list_users"),
    Entry("admin disable-user", "Shut an account out.", f"{_ADMIN}:disable_user"),
    Entry("admin enable-user", "Let a disabled account in again.", f"{_ADMIN}:enable_user"),
    Entry("admin make-admin", "Let a person administer this instance.", f"{_ADMIN}:make_admin"),
    Entry("admin reset-password", "Print a link to a new password.", f"{_ADMIN}:reset_password"),
    Entry("admin list-tokens", "List a person's tokens.", f"{_ADMIN}:list_tokens"),
    Entry("admin revoke-token", "Revoke a person's token.", f"{_ADMIN}:revoke_token"),
    Entry("admin end-sessions", "End all sessions of a person.", f"{_ADMIN}:end_sessions"),
    Entry("admin remove-factors", "Remove a person's second factors.", f"{_ADMIN}:remove_factors"),
    Entry("admin jobs", "List jobs that were given up, or have them tried again.", f"{_ADMIN}:jobs"),
    Entry("admin rotate-key-ring", "Put a new key first in the ring.", f"{_ADMIN}:rotate_key_ring"),
)


def start(words: list[str]) -> int:
    """Runs the command and answers its exit code."""
    # httpx imports a command line of its own where click and rich are installed: most of its time to load.
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # None: "it can not be imported"
    gc.freeze()
    _mend_streams()
    return run(COMMANDS, "lacewing", words)


def _mend_streams() -> None:
    """One that the caller closed (`>&-`) is there and empty; a letter that the locale has not becomes `?`."""
    sys.stdin = sys.stdin or _nothing("r")
    sys.stdout = sys.stdout or _nothing("w")
    sys.stderr = sys.stderr or _nothing("w")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _nothing(mode: str) -> TextIO:
    return cast("TextIO", open(os.devnull, mode, encoding="utf-8"))
