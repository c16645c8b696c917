"""What an e-mail address must be to be anybody's here."""

from email_validator import EmailNotValidError, validate_email

from lacewing.kit.checks import Checks

MAX_EMAIL = 254


def check_email(checks: Checks, email: str) -> str:
    """The address in its normal form, whose case stays as it is; as given, if it was refused."""
    try:
        return validate_email(email[: MAX_EMAIL + 1], check_deliverability=False).normalized
    except EmailNotValidError:
        checks.refuse("email", "is not a valid e-mail address", "bad_email")
        return email
