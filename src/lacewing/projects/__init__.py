"""Organizations, memberships, projects and their publishable keys."""

from lacewing.projects.accept_invitation import (
    accept_invitation,
    invitation_for,
    read_invitation,
    redeem,
    waiting_invitation,
)
from lacewing.projects.change_keys import change_key, create_key, delete_key
from lacewing.projects.change_project import change_project
from lacewing.projects.create_project import create_project
from lacewing.projects.depart import depart
from lacewing.projects.invitations import invite, list_invitations, revoke_invitation
from lacewing.projects.keys import list_keys
from lacewing.projects.organizations import add_membership, add_personal_organization, list_organizations
from lacewing.projects.origins import admits
from lacewing.projects.policies import (
    change_policies,
    max_token_days_of_organization,
    max_token_days_of_person,
    read_policies,
)
from lacewing.projects.purge_project import purge_project
from lacewing.projects.read_projects import get_live_project, get_project, list_projects, project_by_code
from lacewing.projects.require_mfa import inherit_needs_mfa, keep_needs_mfa, set_needs_mfa
from lacewing.projects.rotate_key import rotate_key, rotate_primary_key
from lacewing.projects.values import (
    Invitation,
    KeyChange,
    NewInvitation,
    NewKey,
    NewProject,
    Organization,
    Policies,
    PolicyChange,
    Project,
    ProjectChange,
    PublishableKey,
    TokenMakers,
    Widget,
)
from lacewing.projects.visibility import ReachShape, reach_parameters, shape_of, visible
from lacewing.projects.widget import read_widget

__all__ = [
    "Invitation",
    "KeyChange",
    "NewInvitation",
    "NewKey",
    "NewProject",
    "Organization",
    "Policies",
    "PolicyChange",
    "Project",
    "ProjectChange",
    "PublishableKey",
    "ReachShape",
    "TokenMakers",
    "Widget",
    "accept_invitation",
    "add_membership",
    "add_personal_organization",
    "admits",
    "change_key",
    "change_policies",
    "change_project",
    "create_key",
    "create_project",
    "delete_key",
    "depart",
    "get_live_project",
    "get_project",
    "inherit_needs_mfa",
    "invitation_for",
    "invite",
    "keep_needs_mfa",
    "list_invitations",
    "list_keys",
    "list_organizations",
    "list_projects",
    "max_token_days_of_organization",
    "max_token_days_of_person",
    "project_by_code",
    "purge_project",
    "reach_parameters",
    "read_invitation",
    "read_policies",
    "read_widget",
    "redeem",
    "revoke_invitation",
    "rotate_key",
    "rotate_primary_key",
    "set_needs_mfa",
    "shape_of",
    "visible",
    "waiting_invitation",
]
