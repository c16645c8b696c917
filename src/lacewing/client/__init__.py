"""A client of Lacewing and of BugSpark-compatible servers. It imports nothing else of ours.

from lacewing.client import Client, reports

with Client("https://bugs.example.com", "bsk_pat_...") as client:
    for report in client.each(reports.list_reports(query="is:open severity:high")):
        print(report["trackingId"], report["title"])
"""

from lacewing.client.errors import (
    ClientError,
    ConflictError,
    FieldError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    NotLoggedInError,
    RefusalError,
    ServerFailedError,
    TooManyRequestsError,
    UnexpectedAnswerError,
    UnreachableError,
)
from lacewing.client.exchange import Manner
from lacewing.client.request import Listing, Request, Upload
from lacewing.client.sync import Client

__all__ = [
    "Client",
    "ClientError",
    "ConflictError",
    "FieldError",
    "ForbiddenError",
    "InvalidError",
    "Listing",
    "Manner",
    "NotFoundError",
    "NotLoggedInError",
    "RefusalError",
    "Request",
    "ServerFailedError",
    "TooManyRequestsError",
    "UnexpectedAnswerError",
    "UnreachableError",
    "Upload",
]
