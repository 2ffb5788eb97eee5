"""first house

Revision: 0001
Follows:
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from elearn.ledger import guard

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("username", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deactivated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("username", name=op.f("uq_account_username")),
    )
    op.create_table(
        "agency",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("instansi", "opd", "unit", name="kind", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("opd_id", sa.Uuid(), nullable=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("head_title", sa.String(length=120), nullable=True),
        sa.Column("time_zone", sa.String(length=40), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["opd_id"], ["agency.id"], name=op.f("fk_agency_opd_id_agency")),
        sa.ForeignKeyConstraint(["parent_id"], ["agency.id"], name=op.f("fk_agency_parent_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("code", name=op.f("uq_agency_code")),
    )
    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agency_opd_id"), ["opd_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agency_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agency_path"), ["path"], unique=False)

    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("signed_by", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_document_not_empty")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("sha256", name=op.f("uq_document_sha256")),
    )
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("regency", sa.String(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "ledger_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by", sa.Uuid(), nullable=True),
        sa.Column("checker", sa.String(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("break_stream", sa.String(), nullable=True),
        sa.Column("break_sequence", sa.Integer(), nullable=True),
        sa.Column("break_reason", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_check")),
    )
    with op.batch_alter_table("ledger_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_check_checked_at"), ["checked_at"], unique=False)

    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("leaf", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("stream", "sequence", name=op.f("uq_ledger_entry_stream_sequence")),
    )
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_entry_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_entry_event_at"), ["event", "at"], unique=False)

    op.create_table(
        "ledger_stream",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_ledger_stream")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=300), nullable=True),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_notice_attempts")),
        sa.CheckConstraint("sent_at IS NULL OR next_attempt_at IS NULL", name=op.f("ck_notice_sent_is_final")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notice_waiting",
            ["next_attempt_at"],
            unique=False,
            sqlite_where=sa.text("next_attempt_at IS NOT NULL"),
            postgresql_where=sa.text("next_attempt_at IS NOT NULL"),
        )

    op.create_table(
        "publication",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(length=80), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('module', 'pact')", name=op.f("ck_publication_kind")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_publication_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_publication_fingerprint")),
        sa.UniqueConstraint("kind", "slug", "number", name=op.f("uq_publication_kind_slug_number")),
    )
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.create_index(
            "uq_publication_current",
            ["kind", "slug"],
            unique=True,
            sqlite_where=sa.text("is_current"),
            postgresql_where=sa.text("is_current"),
        )

    op.create_table(
        "throttle",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttle")),
    )
    op.create_table(
        "activation_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_activation_code_account_id_account")),
        sa.ForeignKeyConstraint(["issued_by"], ["account.id"], name=op.f("fk_activation_code_issued_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activation_code")),
    )
    with op.batch_alter_table("activation_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activation_code_account_id"), ["account_id"], unique=False)

    op.create_table(
        "attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("module_slug", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("paper", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=10), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.CheckConstraint("closed_by IN ('learner', 'clock')", name=op.f("ck_attempt_closed_by")),
        sa.CheckConstraint(
            "(submitted_at IS NULL AND closed_by IS NULL AND score IS NULL AND total IS NULL AND passed IS NULL) OR (submitted_at IS NOT NULL AND closed_by IS NOT NULL AND score IS NOT NULL AND total IS NOT NULL AND passed IS NOT NULL)",
            name=op.f("ck_attempt_graded_when_submitted"),
        ),
        sa.CheckConstraint("due_at > started_at", name=op.f("ck_attempt_due_after_start")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_attempt_number")),
        sa.CheckConstraint("score >= 0 AND score <= total", name=op.f("ck_attempt_score_range")),
        sa.ForeignKeyConstraint(["learner_id"], ["account.id"], name=op.f("fk_attempt_learner_id_account")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_attempt_publication_id_publication")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint(
            "learner_id", "module_slug", "number", name=op.f("uq_attempt_learner_id_module_slug_number")
        ),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(
            "ix_attempt_open_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("submitted_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_attempt_passed", ["module_slug", "passed", "submitted_at", "learner_id"], unique=False
        )
        batch_op.create_index(
            "uq_attempt_open",
            ["learner_id", "module_slug"],
            unique=True,
            sqlite_where=sa.text("submitted_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NULL"),
        )

    op.create_table(
        "directive",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("module_slug", sa.String(length=80), nullable=False),
        sa.Column("target_kinds", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("deadline_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("signatory_name", sa.String(length=200), nullable=False),
        sa.Column("signatory_title", sa.String(length=200), nullable=False),
        sa.Column("signatory_rank", sa.String(length=80), nullable=False),
        sa.Column("signatory_nip", sa.String(length=18), nullable=False),
        sa.Column(
            "status",
            sa.Enum("draft", "issued", name="status", native_enum=False, create_constraint=True, length=10),
            nullable=False,
        ),
        sa.Column("drafted_by", sa.Uuid(), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(status = 'issued') = (issued_at IS NOT NULL)", name=op.f("ck_directive_issued_at")),
        sa.CheckConstraint("(status = 'issued') = (issued_on IS NOT NULL)", name=op.f("ck_directive_issued_on")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_directive_document_id_document")),
        sa.ForeignKeyConstraint(["drafted_by"], ["account.id"], name=op.f("fk_directive_drafted_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive")),
        sa.UniqueConstraint("number", name=op.f("uq_directive_number")),
    )
    with op.batch_alter_table("directive", schema=None) as batch_op:
        batch_op.create_index("ix_directive_status_issued_on", ["status", "issued_on"], unique=False)

    op.create_table(
        "employee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("nip", sa.String(length=18), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("title_before", sa.String(length=60), nullable=True),
        sa.Column("title_after", sa.String(length=120), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "PNS",
                "CPNS",
                "PPPK",
                "PPPK_PARUH_WAKTU",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("rank", sa.String(length=10), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("birth_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("active", "left", name="status", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_employee_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employee")),
        sa.UniqueConstraint("account_id", name=op.f("uq_employee_account_id")),
        sa.UniqueConstraint("nip", name=op.f("uq_employee_nip")),
    )
    with op.batch_alter_table("employee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_employee_name"), ["name"], unique=False)

    op.create_table(
        "enrolment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("module_slug", sa.String(length=80), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["account.id"], name=op.f("fk_enrolment_learner_id_account")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_enrolment_publication_id_publication")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("learner_id", "module_slug", name=op.f("uq_enrolment_learner_id_module_slug")),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index("ix_enrolment_started", ["module_slug", "started_at", "learner_id"], unique=False)

    op.create_table(
        "lesson_read",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.String(length=80), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["account.id"], name=op.f("fk_lesson_read_learner_id_account")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_lesson_read_publication_id_publication")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_read")),
        sa.UniqueConstraint(
            "learner_id",
            "publication_id",
            "lesson_id",
            name=op.f("uq_lesson_read_learner_id_publication_id_lesson_id"),
        ),
    )
    op.create_table(
        "play",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("scenario_id", sa.String(length=80), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ending", sa.String(length=80), nullable=True),
        sa.CheckConstraint("(ended_at IS NULL) = (ending IS NULL)", name=op.f("ck_play_ending_when_ended")),
        sa.ForeignKeyConstraint(["learner_id"], ["account.id"], name=op.f("fk_play_learner_id_account")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_play_publication_id_publication")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_play")),
    )
    with op.batch_alter_table("play", schema=None) as batch_op:
        batch_op.create_index("ix_play_learner", ["learner_id", "publication_id"], unique=False)
        batch_op.create_index(
            "uq_play_open",
            ["learner_id", "publication_id", "scenario_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "role_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "asn",
                "opd_officer",
                "hr",
                "sekda",
                "auditor",
                "author",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_role_grant_account_id_account")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_role_grant_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_grant_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(
            "uq_role_grant_open_everywhere",
            ["account_id", "role"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL AND agency_id IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL AND agency_id IS NULL"),
        )
        batch_op.create_index(
            "uq_role_grant_open_in_agency",
            ["account_id", "role", "agency_id"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL AND agency_id IS NOT NULL"),
            postgresql_where=sa.text("revoked_at IS NULL AND agency_id IS NOT NULL"),
        )

    op.create_table(
        "roster_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("complaints", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("seen", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.ForeignKeyConstraint(["uploaded_by"], ["account.id"], name=op.f("fk_roster_import_uploaded_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_import")),
    )
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=True),
        sa.Column("agent", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_session_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_session_token_hash")),
    )
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_session_account_id"), ["account_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=80), nullable=False),
        sa.Column("choice", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_answer_position")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_answer_attempt_id_attempt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("attempt_id", "position", name=op.f("uq_answer_attempt_id_position")),
    )
    op.create_table(
        "directive_target",
        sa.Column("directive_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_directive_target_agency_id_agency")),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directive.id"], name=op.f("fk_directive_target_directive_id_directive")
        ),
        sa.PrimaryKeyConstraint("directive_id", "agency_id", name=op.f("pk_directive_target")),
    )
    with op.batch_alter_table("directive_target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_directive_target_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "pact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("module_slug", sa.String(length=80), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("statement_sha256", sa.String(length=64), nullable=False),
        sa.Column("ledger_hash", sa.String(length=64), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=True),
        sa.Column("agent", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_pact_account_id_account")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_pact_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_pact_employee_id_employee")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_pact_publication_id_publication")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pact")),
        sa.UniqueConstraint("account_id", "module_slug", name=op.f("uq_pact_account_id_module_slug")),
        sa.UniqueConstraint("statement_sha256", name=op.f("uq_pact_statement_sha256")),
    )
    with op.batch_alter_table("pact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pact_employee_id"), ["employee_id"], unique=False)
        batch_op.create_index(
            "ix_pact_module_slug_signed_at", ["module_slug", "signed_at", "account_id"], unique=False
        )

    op.create_table(
        "placement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("post", sa.String(length=200), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ended_on IS NULL OR ended_on > started_on", name=op.f("ck_placement_days_in_order")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_placement_agency_id_agency")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_placement_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint("employee_id", "started_on", name=op.f("uq_placement_employee_id_started_on")),
    )
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_placement_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(
            "uq_placement_open",
            ["employee_id"],
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )

    op.create_table(
        "step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("play_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("scene", sa.String(length=80), nullable=False),
        sa.Column("choice", sa.String(length=80), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_step_sequence")),
        sa.ForeignKeyConstraint(["play_id"], ["play.id"], name=op.f("fk_step_play_id_play")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
        sa.UniqueConstraint("play_id", "sequence", name=op.f("uq_step_play_id_sequence")),
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pact_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("module_slug", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("facts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Uuid(), nullable=True),
        sa.Column("revoke_reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (revoke_reason IS NULL)", name=op.f("ck_certificate_revoked_with_reason")
        ),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_certificate_sequence")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_certificate_account_id_account")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_certificate_agency_id_agency")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_certificate_document_id_document")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_certificate_employee_id_employee")),
        sa.ForeignKeyConstraint(["pact_id"], ["pact.id"], name=op.f("fk_certificate_pact_id_pact")),
        sa.ForeignKeyConstraint(["revoked_by"], ["account.id"], name=op.f("fk_certificate_revoked_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("code", name=op.f("uq_certificate_code")),
        sa.UniqueConstraint("document_id", name=op.f("uq_certificate_document_id")),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
        sa.UniqueConstraint("pact_id", name=op.f("uq_certificate_pact_id")),
        sa.UniqueConstraint("year", "sequence", name=op.f("uq_certificate_year_sequence")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_employee_id"), ["employee_id"], unique=False)
        batch_op.create_index(
            "ix_certificate_module_slug_issued_at", ["module_slug", "issued_at", "account_id"], unique=False
        )
        batch_op.create_index(
            "ix_certificate_unsealed",
            ["pact_id"],
            unique=False,
            sqlite_where=sa.text("document_id IS NULL"),
            postgresql_where=sa.text("document_id IS NULL"),
        )
    for statement in guard.up(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Go back down."""
    for statement in guard.down(op.get_bind().dialect.name):
        op.execute(statement)
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_certificate_unsealed",
            sqlite_where=sa.text("document_id IS NULL"),
            postgresql_where=sa.text("document_id IS NULL"),
        )
        batch_op.drop_index("ix_certificate_module_slug_issued_at")
        batch_op.drop_index(batch_op.f("ix_certificate_employee_id"))
        batch_op.drop_index(batch_op.f("ix_certificate_agency_id"))
        batch_op.drop_index(batch_op.f("ix_certificate_account_id"))

    op.drop_table("certificate")
    op.drop_table("step")
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_placement_open",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_placement_agency_id"))

    op.drop_table("placement")
    with op.batch_alter_table("pact", schema=None) as batch_op:
        batch_op.drop_index("ix_pact_module_slug_signed_at")
        batch_op.drop_index(batch_op.f("ix_pact_employee_id"))

    op.drop_table("pact")
    with op.batch_alter_table("directive_target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_directive_target_agency_id"))

    op.drop_table("directive_target")
    op.drop_table("answer")
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_session_account_id"))

    op.drop_table("sign_in_session")
    op.drop_table("roster_import")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_role_grant_open_in_agency",
            sqlite_where=sa.text("revoked_at IS NULL AND agency_id IS NOT NULL"),
            postgresql_where=sa.text("revoked_at IS NULL AND agency_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_role_grant_open_everywhere",
            sqlite_where=sa.text("revoked_at IS NULL AND agency_id IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL AND agency_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_role_grant_agency_id"))
        batch_op.drop_index(batch_op.f("ix_role_grant_account_id"))

    op.drop_table("role_grant")
    with op.batch_alter_table("play", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_play_open", sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL")
        )
        batch_op.drop_index("ix_play_learner")

    op.drop_table("play")
    op.drop_table("lesson_read")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index("ix_enrolment_started")

    op.drop_table("enrolment")
    with op.batch_alter_table("employee", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_employee_name"))

    op.drop_table("employee")
    with op.batch_alter_table("directive", schema=None) as batch_op:
        batch_op.drop_index("ix_directive_status_issued_on")

    op.drop_table("directive")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_attempt_open",
            sqlite_where=sa.text("submitted_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NULL"),
        )
        batch_op.drop_index("ix_attempt_passed")
        batch_op.drop_index(
            "ix_attempt_open_due",
            sqlite_where=sa.text("submitted_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NULL"),
        )

    op.drop_table("attempt")
    with op.batch_alter_table("activation_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activation_code_account_id"))

    op.drop_table("activation_code")
    op.drop_table("throttle")
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_publication_current", sqlite_where=sa.text("is_current"), postgresql_where=sa.text("is_current")
        )

    op.drop_table("publication")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_notice_waiting",
            sqlite_where=sa.text("next_attempt_at IS NOT NULL"),
            postgresql_where=sa.text("next_attempt_at IS NOT NULL"),
        )

    op.drop_table("notice")
    op.drop_table("ledger_stream")
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_entry_event_at"))
        batch_op.drop_index(batch_op.f("ix_ledger_entry_at"))

    op.drop_table("ledger_entry")
    with op.batch_alter_table("ledger_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_check_checked_at"))

    op.drop_table("ledger_check")
    op.drop_table("installation")
    op.drop_table("heartbeat")
    op.drop_table("document")
    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agency_path"))
        batch_op.drop_index(batch_op.f("ix_agency_parent_id"))
        batch_op.drop_index(batch_op.f("ix_agency_opd_id"))

    op.drop_table("agency")
    op.drop_table("account")
