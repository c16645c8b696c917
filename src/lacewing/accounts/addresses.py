"""What an e-mail address must be to be anybody's here."""

from email_validator import EmailNotValidError, validate_email

from lacewing.kit.checks import Checks

LONGEST_EMAIL = 254


def address_of(email: str) -> str | None:
    """The address in its normal form, whose case stays as it is; None if it is none."""
    try:
        return validate_email(email[: LONGEST_EMAIL + 1], check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def check_email(checks: Checks, email: str) -> str:
    """The address in its normal form; as given, if it was refused."""
    address = address_of(email)
    if address is None:
        checks.refuse("email", "is not a valid e-mail address", "bad_email")
        return email
    return address
