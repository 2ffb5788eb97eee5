"""names

Names and titles have a history from here on; until a name changes it needs no row. Versions of content that were
made current again are told by the record: each entry of a version but the first.

Revision: 0006
Follows: 0005
"""

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "employee_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("title_before", sa.String(length=60), nullable=True),
        sa.Column("title_after", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_employee_name_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employee_name")),
        sa.UniqueConstraint("employee_id", "since", name=op.f("uq_employee_name_employee_id_since")),
    )
    op.create_table(
        "reissue",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_reissue_publication_id_publication")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reissue")),
    )
    with op.batch_alter_table("reissue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reissue_publication_id"), ["publication_id"], unique=False)

    with op.batch_alter_table("correction", schema=None) as batch_op:
        json_or_null = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
        batch_op.add_column(sa.Column("said", json_or_null, nullable=True))

    _tell_reissues()


def _tell_reissues() -> None:
    """Write what the record says of versions that were made current again, under the ids of its entries."""
    connection = op.get_bind()
    publication = sa.table("publication", sa.column("id", sa.Uuid()), sa.column("fingerprint", sa.String()))
    entry = sa.table(
        "ledger_entry",
        sa.column("id", sa.Uuid()),
        sa.column("event", sa.String()),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("payload", sa.String()),
        sa.column("sequence", sa.Integer()),
    )
    reissue = sa.table(
        "reissue",
        sa.column("id", sa.Uuid()),
        sa.column("publication_id", sa.Uuid()),
        sa.column("at", sa.DateTime(timezone=True)),
    )
    ids = {row.fingerprint: row.id for row in connection.execute(sa.select(publication))}
    told = sa.select(entry.c.id, entry.c.at, entry.c.payload).where(entry.c.event == "content:published")
    seen, found = set(), []
    for row in connection.execute(told.order_by(entry.c.sequence)):
        id_ = ids.get(json.loads(row.payload)["facts"]["fingerprint"])
        if id_ is not None and id_ in seen:
            found.append({"id": row.id, "publication_id": id_, "at": row.at})
        seen.add(id_)
    if found:
        connection.execute(reissue.insert(), found)


def downgrade() -> None:
    """Go back down."""
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_column("said")

    with op.batch_alter_table("reissue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reissue_publication_id"))

    op.drop_table("reissue")
    op.drop_table("employee_name")
