"""duties

Revision: 0003
Follows: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FORMER_CHECKS = {
    "status": "status IN ('draft', 'issued')",
    "issued_at": "(status = 'issued') = (issued_at IS NOT NULL)",
    "issued_on": "(status = 'issued') = (issued_on IS NOT NULL)",
}
CHECKS = {
    "status": "status IN ('draft', 'reviewed', 'issued', 'closed', 'revoked')",
    "issued_at": "(status IN ('draft', 'reviewed')) = (issued_at IS NULL)",
    "issued_on": "(status IN ('draft', 'reviewed')) = (issued_on IS NULL)",
}
NEW_CHECKS = {
    "ended_on": "(status IN ('closed', 'revoked')) = (ended_on IS NOT NULL)",
    "valid_months": "valid_months IS NULL OR valid_months >= 1",
    "joiner_days": "joiner_days >= 0",
}
LEFT_REASON = "left_reason IN ('pensiun', 'pindah', 'meninggal', 'diberhentikan', 'mengundurkan-diri', 'kontrak-berakhir', 'lain')"
POST_GROUP = "post_group IN ('jpt', 'administrator', 'pengawas', 'fungsional', 'pelaksana')"


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "agency_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_agency_name_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_name")),
        sa.UniqueConstraint("agency_id", "since", name=op.f("uq_agency_name_agency_id_since")),
    )
    op.create_table(
        "correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("sentence", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_correction_recorded_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index("ix_correction_effective_on", ["effective_on", "recorded_at"], unique=False)

    op.create_table(
        "election",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("polling_on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["account.id"], name=op.f("fk_election_entered_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election")),
        sa.UniqueConstraint("name", name=op.f("uq_election_name")),
    )
    op.create_table(
        "feed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_feed_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("account_id", name=op.f("uq_feed_account_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feed_token_hash")),
    )
    op.create_table(
        "holiday",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["account.id"], name=op.f("fk_holiday_entered_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday")),
        sa.UniqueConstraint("day", name=op.f("uq_holiday_day")),
    )
    op.create_table(
        "succession",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("former_id", sa.Uuid(), nullable=False),
        sa.Column("successor_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["former_id"], ["agency.id"], name=op.f("fk_succession_former_id_agency")),
        sa.ForeignKeyConstraint(["successor_id"], ["agency.id"], name=op.f("fk_succession_successor_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_succession")),
        sa.UniqueConstraint("former_id", "successor_id", name=op.f("uq_succession_former_id_successor_id")),
    )
    op.create_table(
        "unit_alias",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_unit_alias_agency_id_agency")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_unit_alias_made_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_alias")),
        sa.UniqueConstraint("name_key", name=op.f("uq_unit_alias_name_key")),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "cltn",
                "tugas-belajar",
                "diperbantukan",
                "diberhentikan-sementara",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ended_on IS NULL OR ended_on > started_on", name=op.f("ck_absence_days_in_order")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_absence_employee_id_employee")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_absence_recorded_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index("ix_absence_employee", ["employee_id", "started_on"], unique=False)
        batch_op.create_index(
            "uq_absence_open",
            ["employee_id"],
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )

    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("directive_id", sa.Uuid(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_contact_account_id_account")),
        sa.ForeignKeyConstraint(["directive_id"], ["directive.id"], name=op.f("fk_contact_directive_id_directive")),
        sa.ForeignKeyConstraint(["opened_by"], ["account.id"], name=op.f("fk_contact_opened_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index("ix_contact_whom", ["account_id", "opened_at"], unique=False)

    op.create_table(
        "directive_person",
        sa.Column("directive_id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("is_excepted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directive.id"], name=op.f("fk_directive_person_directive_id_directive")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_directive_person_employee_id_employee")
        ),
        sa.PrimaryKeyConstraint("directive_id", "employee_id", name=op.f("pk_directive_person")),
    )
    with op.batch_alter_table("directive_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_directive_person_employee_id"), ["employee_id"], unique=False)

    op.create_table(
        "exemption",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("directive_id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until_on IS NULL OR until_on > from_on", name=op.f("ck_exemption_days_in_order")),
        sa.ForeignKeyConstraint(["approved_by"], ["account.id"], name=op.f("fk_exemption_approved_by_account")),
        sa.ForeignKeyConstraint(["directive_id"], ["directive.id"], name=op.f("fk_exemption_directive_id_directive")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_exemption_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemption")),
    )
    with op.batch_alter_table("exemption", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exemption_employee_id"), ["employee_id"], unique=False)
        batch_op.create_index(
            "uq_exemption_open",
            ["directive_id", "employee_id"],
            unique=True,
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )

    op.create_table(
        "phase",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("election_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "bakal-calon",
                "penetapan",
                "kampanye",
                "masa-tenang",
                "pemungutan-suara",
                "sesudah",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.CheckConstraint("ended_on >= started_on", name=op.f("ck_phase_days_in_order")),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_phase_election_id_election")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase")),
        sa.UniqueConstraint("election_id", "kind", name=op.f("uq_phase_election_id_kind")),
    )
    op.create_table(
        "reprimand",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("directive_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("facts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(issued_at IS NULL) = (number IS NULL)", name=op.f("ck_reprimand_numbered_when_issued")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_reprimand_agency_id_agency")),
        sa.ForeignKeyConstraint(["directive_id"], ["directive.id"], name=op.f("fk_reprimand_directive_id_directive")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_reprimand_document_id_document")),
        sa.ForeignKeyConstraint(["issued_by"], ["account.id"], name=op.f("fk_reprimand_issued_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reprimand")),
        sa.UniqueConstraint("directive_id", "agency_id", name=op.f("uq_reprimand_directive_id_agency_id")),
        sa.UniqueConstraint("number", name=op.f("uq_reprimand_number")),
    )
    with op.batch_alter_table("directive", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "more_modules",
                sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
                server_default="[]",
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column(
                "target_groups",
                sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
                server_default="[]",
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column(
                "deadlines",
                sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
                server_default="{}",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("joiner_days", sa.Integer(), server_default="14", nullable=False))
        batch_op.add_column(sa.Column("valid_months", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("valid_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("credits_earlier", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("nature", sa.String(length=40), server_default="Penting", nullable=False))
        batch_op.add_column(sa.Column("attachment", sa.String(length=80), server_default="-", nullable=False))
        batch_op.add_column(
            sa.Column(
                "addressees",
                sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
                server_default="[]",
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column(
                "copies",
                sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
                server_default="[]",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("paper", sa.String(length=2), server_default="A4", nullable=False))
        batch_op.add_column(sa.Column("reviewed_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ended_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("end_note", sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column("revokes_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_directive_revokes_id_directive"), "directive", ["revokes_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_directive_ended_by_account"), "account", ["ended_by"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_directive_reviewed_by_account"), "account", ["reviewed_by"], ["id"]
        )
        for name in FORMER_CHECKS:
            batch_op.drop_constraint(op.f(f"ck_directive_{name}"), type_="check")
        for name, condition in (CHECKS | NEW_CHECKS).items():
            batch_op.create_check_constraint(op.f(f"ck_directive_{name}"), condition)

    with op.batch_alter_table("directive_target", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_excepted", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("employee", schema=None) as batch_op:
        batch_op.add_column(sa.Column("left_reason", sa.String(length=20), nullable=True))
        batch_op.create_check_constraint(op.f("ck_employee_left_reason"), LEFT_REASON)

    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("round", sa.Integer(), server_default="1", nullable=False))
        batch_op.create_check_constraint(op.f("ck_enrolment_round"), "round >= 1")
        batch_op.drop_constraint(batch_op.f("uq_enrolment_learner_id_module_slug"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_enrolment_learner_id_module_slug_round"), ["learner_id", "module_slug", "round"]
        )

    with op.batch_alter_table("pact", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_pact_account_id_module_slug"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_pact_attempt_id"), ["attempt_id"])

    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("post_group", sa.String(length=20), nullable=True))
        batch_op.create_check_constraint(op.f("ck_placement_post_group"), POST_GROUP)

    with op.batch_alter_table("roster_import", schema=None) as batch_op:
        batch_op.add_column(sa.Column("content", sa.LargeBinary(), nullable=True))
        batch_op.add_column(
            sa.Column("reversal", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True)
        )
        batch_op.add_column(sa.Column("undone_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("progress", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("failure", sa.String(length=300), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_roster_import_undone_by_account"), "account", ["undone_by"], ["id"]
        )


def downgrade() -> None:
    """Go back down; what the earlier tables cannot hold is lost: later rounds, and how a directive ended."""
    op.execute("DELETE FROM enrolment WHERE round > 1")
    op.execute("UPDATE directive SET status = 'draft' WHERE status = 'reviewed'")
    op.execute("UPDATE directive SET status = 'issued' WHERE status IN ('closed', 'revoked')")
    with op.batch_alter_table("roster_import", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_roster_import_undone_by_account"), type_="foreignkey")
        batch_op.drop_column("failure")
        batch_op.drop_column("progress")
        batch_op.drop_column("undone_at")
        batch_op.drop_column("undone_by")
        batch_op.drop_column("reversal")
        batch_op.drop_column("content")

    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_placement_post_group"), type_="check")
        batch_op.drop_column("post_group")

    with op.batch_alter_table("pact", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_pact_attempt_id"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_pact_account_id_module_slug"), ["account_id", "module_slug"])

    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_enrolment_learner_id_module_slug_round"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_enrolment_learner_id_module_slug"), ["learner_id", "module_slug"]
        )
        batch_op.drop_constraint(op.f("ck_enrolment_round"), type_="check")
        batch_op.drop_column("round")

    with op.batch_alter_table("employee", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_employee_left_reason"), type_="check")
        batch_op.drop_column("left_reason")

    with op.batch_alter_table("directive_target", schema=None) as batch_op:
        batch_op.drop_column("is_excepted")

    with op.batch_alter_table("directive", schema=None) as batch_op:
        for name in CHECKS | NEW_CHECKS:
            batch_op.drop_constraint(op.f(f"ck_directive_{name}"), type_="check")
        for name, condition in FORMER_CHECKS.items():
            batch_op.create_check_constraint(op.f(f"ck_directive_{name}"), condition)
        batch_op.drop_constraint(batch_op.f("fk_directive_reviewed_by_account"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_directive_ended_by_account"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_directive_revokes_id_directive"), type_="foreignkey")
        batch_op.drop_column("revokes_id")
        batch_op.drop_column("end_note")
        batch_op.drop_column("ended_by")
        batch_op.drop_column("ended_on")
        batch_op.drop_column("reviewed_at")
        batch_op.drop_column("reviewed_by")
        batch_op.drop_column("paper")
        batch_op.drop_column("copies")
        batch_op.drop_column("addressees")
        batch_op.drop_column("attachment")
        batch_op.drop_column("nature")
        batch_op.drop_column("credits_earlier")
        batch_op.drop_column("valid_until")
        batch_op.drop_column("valid_months")
        batch_op.drop_column("joiner_days")
        batch_op.drop_column("deadlines")
        batch_op.drop_column("target_groups")
        batch_op.drop_column("more_modules")

    op.drop_table("reprimand")
    op.drop_table("phase")
    with op.batch_alter_table("exemption", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_exemption_open",
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_exemption_employee_id"))

    op.drop_table("exemption")
    with op.batch_alter_table("directive_person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_directive_person_employee_id"))

    op.drop_table("directive_person")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index("ix_contact_whom")

    op.drop_table("contact")
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_absence_open", sqlite_where=sa.text("ended_on IS NULL"), postgresql_where=sa.text("ended_on IS NULL")
        )
        batch_op.drop_index("ix_absence_employee")

    op.drop_table("absence")
    op.drop_table("unit_alias")
    op.drop_table("succession")
    op.drop_table("holiday")
    op.drop_table("feed")
    op.drop_table("election")
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_index("ix_correction_effective_on")

    op.drop_table("correction")
    op.drop_table("agency_name")
