"""The first schema."""

import sqlalchemy as sa
from alembic import op

from lacewing.storage import types

revision = "0001"
down_revision = None


def upgrade() -> None:
    _create_budgets()
    _create_events()
    _create_foundings()
    _create_known_keys()
    _create_people()
    _create_organizations()
    _create_sessions()
    _create_projects()
    _create_session_tokens()
    _create_memberships()
    _create_publishable_keys()
    _create_report_counts()
    _create_report_numbers()
    _create_reports()
    _create_tokens()
    _create_report_evidence()


def _create_budgets() -> None:
    op.create_table(
        "budgets",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("principal", sa.Text(), nullable=False),
        sa.Column("ends_at", types.Instant(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "principal", "ends_at", name=op.f("pk_budgets")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_budgets_ends_at"), "budgets", ["ends_at"], unique=False)


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("organization_id", types.Id(), nullable=True),
        sa.Column("project_id", types.Id(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person_id", types.Id(), nullable=True),
        sa.Column("credential_kind", sa.Text(), nullable=True),
        sa.Column("credential_id", types.Id(), nullable=True),
        sa.Column("subject_id", types.Id(), nullable=True),
        sa.Column("ip", sa.Text(), nullable=False),
        sa.Column("user_agent", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_events_organization_id_id"), "events", ["organization_id", "id"], unique=False)
    op.create_index(op.f("ix_events_person_id_id"), "events", ["person_id", "id"], unique=False)


def _create_foundings() -> None:
    op.create_table(
        "foundings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("founded_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_foundings")),
    )


def _create_known_keys() -> None:
    op.create_table(
        "known_keys",
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("first_used_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("kid", name=op.f("pk_known_keys")),
        sqlite_with_rowid=False,
    )


def _create_people() -> None:
    op.create_table(
        "people",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_normal", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("is_instance_admin", sa.Boolean(), nullable=False),
        sa.Column("email_verified_at", types.Instant(), nullable=True),
        sa.Column("disabled_at", types.Instant(), nullable=True),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("email_normal", name=op.f("uq_people_email_normal")),
    )


def _create_organizations() -> None:
    op.create_table(
        "organizations",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("personal_to", types.Id(), nullable=True),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["personal_to"], ["people.id"], name=op.f("fk_organizations_personal_to")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizations")),
        sa.UniqueConstraint("personal_to", name=op.f("uq_organizations_personal_to")),
        sa.UniqueConstraint("slug", name=op.f("uq_organizations_slug")),
    )


def _create_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("person_id", types.Id(), nullable=False),
        sa.Column("ip", sa.Text(), nullable=False),
        sa.Column("user_agent", sa.Text(), nullable=False),
        sa.Column("proved_at", types.Instant(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("idle_until", types.Instant(), nullable=False),
        sa.Column("expires_at", types.Instant(), nullable=False),
        sa.Column("ended_at", types.Instant(), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sessions_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_person_id"), "sessions", ["person_id"], unique=False)


def _create_projects() -> None:
    op.create_table(
        "projects",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("is_private", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("deleted_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_projects_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
        sa.UniqueConstraint("organization_id", "code", name=op.f("uq_projects_organization_id_code")),
        sa.UniqueConstraint("organization_id", "slug", name=op.f("uq_projects_organization_id_slug")),
    )


def _create_session_tokens() -> None:
    op.create_table(
        "session_tokens",
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("session_id", types.Id(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("expires_at", types.Instant(), nullable=False),
        sa.Column("used_at", types.Instant(), nullable=True),
        sa.Column("successor", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_session_tokens_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_session_tokens")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_session_tokens_session_id"), "session_tokens", ["session_id"], unique=False)


def _create_memberships() -> None:
    op.create_table(
        "memberships",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("project_id", types.Id(), nullable=True),
        sa.Column("person_id", types.Id(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_memberships_organization_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_memberships_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_memberships_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint(
            "organization_id",
            "person_id",
            "project_id",
            name=op.f("uq_memberships_organization_id_person_id_project_id"),
        ),
    )
    op.create_index(op.f("ix_memberships_person_id"), "memberships", ["person_id"], unique=False)
    op.create_index(
        "uq_memberships_organization_id_person_id",
        "memberships",
        ["organization_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("project_id IS NULL"),
        postgresql_where=sa.text("project_id IS NULL"),
    )


def _create_publishable_keys() -> None:
    op.create_table(
        "publishable_keys",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("project_id", types.Id(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("allowed_origins", sa.Text(), nullable=False),
        sa.Column("require_origin", sa.Boolean(), nullable=False),
        sa.Column("daily_quota", sa.Integer(), nullable=True),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("revoked_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_publishable_keys_organization_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_publishable_keys_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publishable_keys")),
        sa.UniqueConstraint("key", name=op.f("uq_publishable_keys_key")),
    )
    op.create_index(
        op.f("ix_publishable_keys_organization_id_project_id"),
        "publishable_keys",
        ["organization_id", "project_id"],
        unique=False,
    )


def _create_report_counts() -> None:
    op.create_table(
        "report_counts",
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("project_id", types.Id(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_report_counts_project_id")),
        sa.PrimaryKeyConstraint(
            "organization_id", "project_id", "status", "severity", name=op.f("pk_report_counts")
        ),
        sqlite_with_rowid=False,
    )


def _create_report_numbers() -> None:
    op.create_table(
        "report_numbers",
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("project_id", types.Id(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_report_numbers_project_id")),
        sa.PrimaryKeyConstraint("organization_id", "project_id", name=op.f("pk_report_numbers")),
        sqlite_with_rowid=False,
    )


def _create_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("project_id", types.Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reporter_identifier", sa.Text(), nullable=True),
        sa.Column("assignee_id", types.Id(), nullable=True),
        sa.Column("given_text", sa.Text(), nullable=False),
        sa.Column("when_text", sa.Text(), nullable=False),
        sa.Column("then_text", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["assignee_id"], ["people.id"], name=op.f("fk_reports_assignee_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_reports_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint(
            "organization_id",
            "project_id",
            "number",
            name=op.f("uq_reports_organization_id_project_id_number"),
        ),
    )
    op.create_index(
        op.f("ix_reports_organization_id_project_id_created_at_id"),
        "reports",
        ["organization_id", "project_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_reports_organization_id_project_id_severity_created_at_id"),
        "reports",
        ["organization_id", "project_id", "severity", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_reports_organization_id_project_id_status_created_at_id"),
        "reports",
        ["organization_id", "project_id", "status", "created_at", "id"],
        unique=False,
    )


def _create_tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("person_id", types.Id(), nullable=True),
        sa.Column("organization_id", types.Id(), nullable=True),
        sa.Column("project_id", types.Id(), nullable=True),
        sa.Column("created_by", types.Id(), nullable=False),
        sa.Column("family_id", types.Id(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=True),
        sa.Column("expires_at", types.Instant(), nullable=True),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("last_used_at", types.Instant(), nullable=True),
        sa.Column("revoked_at", types.Instant(), nullable=True),
        sa.Column("revoked_by", types.Id(), nullable=True),
        sa.Column("revoked_because", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_tokens_created_by")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_tokens_organization_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_tokens_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_tokens_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_tokens_digest")),
    )
    op.create_index(
        op.f("ix_tokens_organization_id_project_id_id"),
        "tokens",
        ["organization_id", "project_id", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_tokens_person_id_id"), "tokens", ["person_id", "id"], unique=False)


def _create_report_evidence() -> None:
    op.create_table(
        "report_evidence",
        sa.Column("report_id", types.Id(), nullable=False),
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_report_evidence_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_report_evidence")),
    )
