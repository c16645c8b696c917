"""Organizations, memberships, projects and their publishable keys."""

from lacewing.projects.create_project import create_project
from lacewing.projects.organizations import add_membership, add_personal_organization, list_organizations
from lacewing.projects.read_projects import get_project, list_projects, project_by_code
from lacewing.projects.values import NewProject, Organization, Project
from lacewing.projects.visibility import ReachShape, reach_parameters, shape_of, visible

__all__ = [
    "NewProject",
    "Organization",
    "Project",
    "ReachShape",
    "add_membership",
    "add_personal_organization",
    "create_project",
    "get_project",
    "list_organizations",
    "list_projects",
    "project_by_code",
    "reach_parameters",
    "shape_of",
    "visible",
]
