"""Organizations, memberships, projects and their publishable keys."""

from lacewing.projects.accept_invitation import (
    accept_invitation,
    invitation_for,
    read_invitation,
    redeem,
    waiting_invitation,
)
from lacewing.projects.change_keys import change_key, create_key, delete_key
from lacewing.projects.change_organization import change_organization, get_organization
from lacewing.projects.change_project import change_project
from lacewing.projects.create_organization import create_organization
from lacewing.projects.create_project import create_project
from lacewing.projects.delete_organization import delete_organization
from lacewing.projects.depart import depart
from lacewing.projects.forget import (
    forget_organization,
    forget_project,
    hold_deleted_organization,
    hold_purged_project,
    next_deleted_organization,
    next_purged_project,
)
from lacewing.projects.import_project import (
    find_destination,
    find_imported_project,
    import_project,
    readers_of,
)
from lacewing.projects.import_queries import Destination, ImportedProject
from lacewing.projects.invitations import invite, list_invitations, revoke_invitation
from lacewing.projects.keys import list_keys
from lacewing.projects.members import change_member, invite_member, list_members, remove_member
from lacewing.projects.organization_members import (
    change_organization_member,
    leave_organization,
    list_organization_members,
    remove_organization_member,
)
from lacewing.projects.organizations import add_membership, add_personal_organization, list_organizations
from lacewing.projects.origins import admits, is_domain
from lacewing.projects.policies import (
    change_policies,
    max_token_days_of_organization,
    max_token_days_of_person,
    may_make_tokens,
    read_policies,
    require_token_maker,
)
from lacewing.projects.project_fields import LONGEST_NAME
from lacewing.projects.purge_project import purge_project
from lacewing.projects.queries import lock_live_project, places_of
from lacewing.projects.read_projects import get_live_project, get_project, list_projects, project_by_code
from lacewing.projects.reader_queries import reads
from lacewing.projects.require_mfa import inherit_needs_mfa, keep_needs_mfa, set_needs_mfa
from lacewing.projects.rotate_key import rotate_key, rotate_primary_key
from lacewing.projects.transfer_ownership import transfer_ownership
from lacewing.projects.values import (
    Farewell,
    Invitation,
    KeyChange,
    Member,
    NewInvitation,
    NewKey,
    NewOrganization,
    NewProject,
    Organization,
    OrganizationChange,
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
    "LONGEST_NAME",
    "Destination",
    "Farewell",
    "ImportedProject",
    "Invitation",
    "KeyChange",
    "Member",
    "NewInvitation",
    "NewKey",
    "NewOrganization",
    "NewProject",
    "Organization",
    "OrganizationChange",
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
    "change_member",
    "change_organization",
    "change_organization_member",
    "change_policies",
    "change_project",
    "create_key",
    "create_organization",
    "create_project",
    "delete_key",
    "delete_organization",
    "depart",
    "find_destination",
    "find_imported_project",
    "forget_organization",
    "forget_project",
    "get_live_project",
    "get_organization",
    "get_project",
    "hold_deleted_organization",
    "hold_purged_project",
    "import_project",
    "inherit_needs_mfa",
    "invitation_for",
    "invite",
    "invite_member",
    "is_domain",
    "keep_needs_mfa",
    "leave_organization",
    "list_invitations",
    "list_keys",
    "list_members",
    "list_organization_members",
    "list_organizations",
    "list_projects",
    "lock_live_project",
    "max_token_days_of_organization",
    "max_token_days_of_person",
    "may_make_tokens",
    "next_deleted_organization",
    "next_purged_project",
    "places_of",
    "project_by_code",
    "purge_project",
    "reach_parameters",
    "read_invitation",
    "read_policies",
    "read_widget",
    "readers_of",
    "reads",
    "redeem",
    "remove_member",
    "remove_organization_member",
    "require_token_maker",
    "revoke_invitation",
    "rotate_key",
    "rotate_primary_key",
    "set_needs_mfa",
    "shape_of",
    "transfer_ownership",
    "visible",
    "waiting_invitation",
]
