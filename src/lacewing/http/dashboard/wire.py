"""Forms and queries as they come. A field left out is empty: the form says what is missing, beside it."""

import msgspec

FORM_BODY_BYTES = 16 * 1024


class RegisterForm(msgspec.Struct):
    name: str = ""
    email: str = ""
    password: str = ""
    setup_code: str = ""


class LoginForm(msgspec.Struct):
    email: str = ""
    password: str = ""
    next: str = "/"


class ProjectForm(msgspec.Struct):
    name: str = ""
    domain: str = ""


class Onward(msgspec.Struct):
    """Where to go afterwards."""

    next: str = "/"


class LoginQuery(msgspec.Struct):
    """`error` is the code of what a login with a provider came to."""

    next: str = "/"
    error: str = ""


class OfferQuery(msgspec.Struct):
    offer: str = ""
    next: str = "/"
    error: str = ""


class OfferForm(msgspec.Struct):
    offer: str = ""
    next: str = "/"


class ProjectQuery(msgspec.Struct):
    """`refresh=off` stops the waiting page's reloading."""

    page: int = 1
    refresh: str = ""


class DeviceQuery(msgspec.Struct):
    """The code is only filled in: nothing is decided by opening a link (F-8)."""

    code: str = ""


class DeviceForm(msgspec.Struct):
    code: str = ""
    decision: str = ""
