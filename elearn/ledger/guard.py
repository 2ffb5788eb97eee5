"""The triggers that make the database itself refuse to change or remove an entry; pure text of SQL.

Whoever may drop a trigger can still change a row; `flask ledger verify` then finds it.
"""

SQLITE_UP = tuple(
    f"CREATE TRIGGER ledger_entry_no_{verb.lower()} BEFORE {verb} ON ledger_entry "
    "BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END"
    for verb in ("UPDATE", "DELETE")
)
SQLITE_DOWN = tuple(f"DROP TRIGGER IF EXISTS ledger_entry_no_{verb}" for verb in ("update", "delete"))

POSTGRESQL_UP = (
    """CREATE OR REPLACE FUNCTION ledger_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'ledger_entry is append-only'; END $$""",
    """CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry
       FOR EACH ROW EXECUTE FUNCTION ledger_entry_refuse()""",
)
POSTGRESQL_DOWN = (
    "DROP TRIGGER IF EXISTS ledger_entry_append_only ON ledger_entry",
    "DROP FUNCTION IF EXISTS ledger_entry_refuse() CASCADE",
)


def up(dialect: str) -> tuple[str, ...]:
    """The statements that put the guard up on this kind of database."""
    return SQLITE_UP if dialect == "sqlite" else POSTGRESQL_UP


def down(dialect: str) -> tuple[str, ...]:
    """The statements that take it down."""
    return SQLITE_DOWN if dialect == "sqlite" else POSTGRESQL_DOWN
