from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from lacewing.settings import Limits


class BudgetName(StrEnum):
    ANONYMOUS = "anonymous"
    ANONYMOUS_TICKETS = "anonymous_tickets"
    BEARER = "bearer"
    BEARER_TICKETS = "bearer_tickets"
    DEVICE_CODES_IP = "device_codes_ip"
    DEVICE_USER_CODES = "device_user_codes"
    INTAKE_IP = "intake_ip"
    INTAKE_KEY = "intake_key"
    INTAKE_PROJECT = "intake_project"
    INTAKE_QUOTA = "intake_quota"
    LEAK_IP = "leak_ip"
    LINK_IP = "link_ip"
    LOGIN_ACCOUNT = "login_account"
    LOGIN_DEVICE = "login_device"
    LOGIN_INSTANCE = "login_instance"
    LOGIN_IP = "login_ip"
    LOGIN_IP_ACCOUNT = "login_ip_account"
    RECOVER_IP = "recover_ip"
    REGISTER_IP = "register_ip"
    REPORTER_ADDRESS = "reporter_address"
    REPORTER_ADDRESS_DAY = "reporter_address_day"
    REPORTER_ANSWERS = "reporter_answers"
    REPORTER_NEWS = "reporter_news"
    REPORTER_ORGANIZATION = "reporter_organization"
    REPORTER_SOURCE = "reporter_source"
    SESSION = "session"
    WIDGET_IP = "widget_ip"


@dataclass(frozen=True, slots=True)
class Budget:
    """`limit` uses in each window of `window_seconds`; windows begin at multiples of their length."""

    limit: int
    window_seconds: int


_MINUTE: Final = 60
_HOUR: Final = 3600
_DAY: Final = 86400

DEFAULTS: Mapping[BudgetName, Budget] = {
    BudgetName.ANONYMOUS: Budget(100, _MINUTE),
    BudgetName.ANONYMOUS_TICKETS: Budget(100, _HOUR),
    BudgetName.BEARER: Budget(600, _MINUTE),
    BudgetName.BEARER_TICKETS: Budget(1000, _HOUR),
    BudgetName.DEVICE_CODES_IP: Budget(10, _MINUTE),
    BudgetName.DEVICE_USER_CODES: Budget(5, 5 * _MINUTE),
    BudgetName.INTAKE_IP: Budget(30, _MINUTE),
    BudgetName.INTAKE_KEY: Budget(600, _MINUTE),
    BudgetName.INTAKE_PROJECT: Budget(20_000, _DAY),
    BudgetName.INTAKE_QUOTA: Budget(20_000, _DAY),
    BudgetName.LEAK_IP: Budget(60, _HOUR),
    BudgetName.LINK_IP: Budget(600, _MINUTE),
    BudgetName.LOGIN_ACCOUNT: Budget(10, 5 * _MINUTE),
    BudgetName.LOGIN_DEVICE: Budget(10, 5 * _MINUTE),
    BudgetName.LOGIN_INSTANCE: Budget(1000, 5 * _MINUTE),
    BudgetName.LOGIN_IP: Budget(30, 5 * _MINUTE),
    BudgetName.LOGIN_IP_ACCOUNT: Budget(5, 5 * _MINUTE),
    BudgetName.RECOVER_IP: Budget(10, _HOUR),
    BudgetName.REGISTER_IP: Budget(10, _HOUR),
    BudgetName.REPORTER_ADDRESS: Budget(5, _HOUR),
    BudgetName.REPORTER_ADDRESS_DAY: Budget(20, _DAY),
    BudgetName.REPORTER_ANSWERS: Budget(20, _HOUR),
    BudgetName.REPORTER_NEWS: Budget(20, _DAY),
    BudgetName.REPORTER_ORGANIZATION: Budget(1000, _DAY),
    BudgetName.REPORTER_SOURCE: Budget(20, _HOUR),
    BudgetName.SESSION: Budget(1200, _MINUTE),
    BudgetName.WIDGET_IP: Budget(300, _MINUTE),
}

Budgets = Mapping[BudgetName, Budget]


def budgets_from(limits: Limits) -> Budgets | None:
    """The budgets that hold under these settings; None when limits are switched off."""
    if not limits.enforced:
        return None
    return {
        name: replace(budget, limit=limits.counts.get(name, budget.limit))
        for name, budget in DEFAULTS.items()
    }
