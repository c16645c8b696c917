"""The reporter's loop: who left an address hears of its report, and answers, without an account."""

from lacewing.reporters.answer import answer
from lacewing.reporters.follow import follow_report
from lacewing.reporters.listener import ReporterMails
from lacewing.reporters.read_status import read_contact, read_status
from lacewing.reporters.stopping import allow_mails, stop_mails
from lacewing.reporters.submit import Submitted, submit_for_reporter
from lacewing.reporters.values import Contact, Remark, StatusPage

__all__ = [
    "Contact",
    "Remark",
    "ReporterMails",
    "StatusPage",
    "Submitted",
    "allow_mails",
    "answer",
    "follow_report",
    "read_contact",
    "read_status",
    "stop_mails",
    "submit_for_reporter",
]
