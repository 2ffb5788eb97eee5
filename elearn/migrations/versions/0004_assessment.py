"""assessment

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "notice_attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_attachment_notice_id_notice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_attachment")),
    )
    with op.batch_alter_table("notice_attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_attachment_notice_id"), ["notice_id"], unique=False)

    op.create_table(
        "outage",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("module_slug", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until_at > from_at", name=op.f("ck_outage_instants_in_order")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_outage_recorded_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage")),
    )
    op.create_table(
        "question_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("losses", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_question_import_made_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_import")),
    )
    op.create_table(
        "report_order",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("total", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failure", sa.String(length=300), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.CheckConstraint("done >= 0 AND total >= 0", name=op.f("ck_report_order_counts")),
        sa.CheckConstraint("finished_at IS NULL OR failure IS NULL", name=op.f("ck_report_order_one_end")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_report_order_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_order")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_report_order_account_id_name")),
    )
    with op.batch_alter_table("report_order", schema=None) as batch_op:
        batch_op.create_index("ix_report_order_account", ["account_id", "ordered_at"], unique=False)

    op.create_table(
        "ruling",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("module_slug", sa.String(length=80), nullable=False),
        sa.Column("question_id", sa.String(length=80), nullable=False),
        sa.Column("question_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("answer", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(kind = 'kunci') = (answer IS NOT NULL)", name=op.f("ck_ruling_answer")),
        sa.CheckConstraint("kind IN ('kunci', 'gugur', 'semua-benar')", name=op.f("ck_ruling_kind")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_ruling_decided_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
    )
    with op.batch_alter_table("ruling", schema=None) as batch_op:
        batch_op.create_index("ix_ruling_question", ["module_slug", "question_id"], unique=False)

    op.create_table(
        "answer_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("choice", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_key", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=16), server_default="", nullable=False),
        sa.Column("is_late", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_answer_entry_position")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_answer_entry_attempt_id_attempt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_entry")),
        sa.UniqueConstraint("attempt_id", "client_key", name=op.f("uq_answer_entry_attempt_id_client_key")),
    )
    with op.batch_alter_table("answer_entry", schema=None) as batch_op:
        batch_op.create_index("ix_answer_entry_attempt_saved", ["attempt_id", "saved_at"], unique=False)

    op.create_table(
        "bookmark",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_bookmark_attempt_id_attempt")),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_bookmark")),
    )
    op.create_table(
        "concession",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("module_slug", sa.String(length=80), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=True),
        sa.Column("outage_id", sa.Uuid(), nullable=True),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("extra_attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("extra_minutes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("cause IN ('disabilitas', 'gangguan', 'lain')", name=op.f("ck_concession_cause")),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name=op.f("ck_concession_withdrawal")),
        sa.CheckConstraint("extra_attempts > 0 OR extra_minutes > 0", name=op.f("ck_concession_not_nothing")),
        sa.CheckConstraint("extra_attempts >= 0 AND extra_minutes >= 0", name=op.f("ck_concession_not_negative")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_concession_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["granted_by"], ["account.id"], name=op.f("fk_concession_granted_by_account")),
        sa.ForeignKeyConstraint(["learner_id"], ["account.id"], name=op.f("fk_concession_learner_id_account")),
        sa.ForeignKeyConstraint(["outage_id"], ["outage.id"], name=op.f("fk_concession_outage_id_outage")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["account.id"], name=op.f("fk_concession_withdrawn_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concession")),
        sa.UniqueConstraint("outage_id", "attempt_id", name=op.f("uq_concession_outage_id_attempt_id")),
    )
    with op.batch_alter_table("concession", schema=None) as batch_op:
        batch_op.create_index("ix_concession_learner", ["learner_id", "module_slug"], unique=False)

    op.create_table(
        "employee_grade",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_employee_grade_employee_id_employee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employee_grade")),
        sa.UniqueConstraint("employee_id", "since", name=op.f("uq_employee_grade_employee_id_since")),
    )
    op.create_table(
        "question_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("losses", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("module_slug", sa.String(length=80), nullable=True),
        sa.Column("topic", sa.String(length=80), server_default="", nullable=False),
        sa.Column("difficulty", sa.Integer(), server_default="2", nullable=False),
        sa.Column(
            "cites", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default="[]", nullable=False
        ),
        sa.Column("status", sa.String(length=10), server_default="draf", nullable=False),
        sa.CheckConstraint("status IN ('draf', 'dipakai', 'dibuang')", name=op.f("ck_question_draft_status")),
        sa.CheckConstraint("position >= 1", name=op.f("ck_question_draft_position")),
        sa.ForeignKeyConstraint(
            ["import_id"], ["question_import.id"], name=op.f("fk_question_draft_import_id_question_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_draft")),
        sa.UniqueConstraint("import_id", "position", name=op.f("uq_question_draft_import_id_position")),
    )
    op.create_table(
        "question_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("module_slug", sa.String(length=80), nullable=False),
        sa.Column("question_id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("sentence", sa.String(length=1000), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=12), server_default="terbuka", nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(outcome = 'terbuka') = (answered_at IS NULL)", name=op.f("ck_question_report_answered")),
        sa.CheckConstraint(
            "kind IN ('keliru', 'tidak-jelas', 'salah-ketik', 'lain')", name=op.f("ck_question_report_kind")
        ),
        sa.CheckConstraint(
            "outcome IN ('terbuka', 'diperbaiki', 'dijelaskan')", name=op.f("ck_question_report_outcome")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_question_report_account_id_account")),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_question_report_answered_by_account")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_question_report_attempt_id_attempt")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_question_report_publication_id_publication")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_report")),
        sa.UniqueConstraint(
            "account_id",
            "attempt_id",
            "question_id",
            name=op.f("uq_question_report_account_id_attempt_id_question_id"),
        ),
    )
    with op.batch_alter_table("question_report", schema=None) as batch_op:
        batch_op.create_index("ix_question_report_queue", ["outcome", "module_slug", "question_id"], unique=False)

    op.create_table(
        "regrade",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ruling_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("before_score", sa.Integer(), nullable=False),
        sa.Column("before_total", sa.Integer(), nullable=False),
        sa.Column("before_passed", sa.Boolean(), nullable=False),
        sa.Column("before_marks", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("after_score", sa.Integer(), nullable=False),
        sa.Column("after_total", sa.Integer(), nullable=False),
        sa.Column("after_passed", sa.Boolean(), nullable=False),
        sa.Column("after_marks", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=True),
        sa.Column("decision_reason", sa.String(length=300), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("decision IN ('tetap-lulus', 'tidak-lulus')", name=op.f("ck_regrade_decision")),
        sa.CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name=op.f("ck_regrade_decided")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_regrade_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_regrade_decided_by_account")),
        sa.ForeignKeyConstraint(["ruling_id"], ["ruling.id"], name=op.f("fk_regrade_ruling_id_ruling")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrade")),
        sa.UniqueConstraint("ruling_id", "attempt_id", name=op.f("uq_regrade_ruling_id_attempt_id")),
    )
    with op.batch_alter_table("regrade", schema=None) as batch_op:
        batch_op.create_index("ix_regrade_attempt", ["attempt_id"], unique=False)

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("language", sa.String(length=5), nullable=True))

    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("given_at", sa.DateTime(timezone=True), nullable=True))

    op.execute("UPDATE answer SET given_at = saved_at")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.alter_column("given_at", existing_type=sa.DateTime(timezone=True), nullable=False)

    op.execute("UPDATE attempt SET score = score * 100, total = total * 100 WHERE score IS NOT NULL")

    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("terms", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True)
        )
        batch_op.add_column(
            sa.Column("marks", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True)
        )

    with op.batch_alter_table("directive", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "quiz_terms",
                sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
                server_default="{}",
                nullable=False,
            )
        )

    with op.batch_alter_table("unit_alias", schema=None) as batch_op:
        batch_op.alter_column("agency_id", existing_type=sa.Uuid(), nullable=True)


def downgrade() -> None:
    """Go back down; names that are none of ours are forgotten, and points lose what is behind the comma."""
    op.execute("DELETE FROM unit_alias WHERE agency_id IS NULL")
    op.execute("UPDATE attempt SET score = score / 100, total = total / 100 WHERE score IS NOT NULL")
    with op.batch_alter_table("unit_alias", schema=None) as batch_op:
        batch_op.alter_column("agency_id", existing_type=sa.Uuid(), nullable=False)

    with op.batch_alter_table("directive", schema=None) as batch_op:
        batch_op.drop_column("quiz_terms")

    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_column("marks")
        batch_op.drop_column("terms")

    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_column("given_at")

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_column("language")

    with op.batch_alter_table("regrade", schema=None) as batch_op:
        batch_op.drop_index("ix_regrade_attempt")

    op.drop_table("regrade")
    with op.batch_alter_table("question_report", schema=None) as batch_op:
        batch_op.drop_index("ix_question_report_queue")

    op.drop_table("question_report")
    op.drop_table("question_draft")
    op.drop_table("employee_grade")
    with op.batch_alter_table("concession", schema=None) as batch_op:
        batch_op.drop_index("ix_concession_learner")

    op.drop_table("concession")
    op.drop_table("bookmark")
    with op.batch_alter_table("answer_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_answer_entry_attempt_saved")

    op.drop_table("answer_entry")
    with op.batch_alter_table("ruling", schema=None) as batch_op:
        batch_op.drop_index("ix_ruling_question")

    op.drop_table("ruling")
    with op.batch_alter_table("report_order", schema=None) as batch_op:
        batch_op.drop_index("ix_report_order_account")

    op.drop_table("report_order")
    op.drop_table("question_import")
    op.drop_table("outage")
    with op.batch_alter_table("notice_attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_attachment_notice_id"))

    op.drop_table("notice_attachment")
