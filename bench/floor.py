"""The floor of saving: a bare Flask application that upserts one row and commits, fully synchronised."""

import fcntl
import os
import sqlite3

from flask import Flask, request

app = Flask(__name__)
FOLDER = os.environ.get("ELEARN_INSTANCE_DIR", ".")
lock = os.open(f"{FOLDER}/floor.lock", os.O_CREAT | os.O_RDWR)
fcntl.flock(lock, fcntl.LOCK_EX)  # one worker turns the write-ahead log on, which waits for nobody
database = sqlite3.connect(f"{FOLDER}/floor.db", isolation_level=None, check_same_thread=False)
database.execute("PRAGMA journal_mode=WAL")
database.execute("PRAGMA synchronous=FULL")
database.execute("CREATE TABLE IF NOT EXISTS answer (who TEXT, place INTEGER, choice TEXT, PRIMARY KEY (who, place))")
fcntl.flock(lock, fcntl.LOCK_UN)
UPSERT = "INSERT INTO answer VALUES (?, ?, ?) ON CONFLICT (who, place) DO UPDATE SET choice = excluded.choice"


@app.get("/healthz")
def healthz() -> str:
    """Up."""
    return "ok"


@app.post("/save")
def save() -> dict[str, bool]:
    """Save one answer."""
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        database.execute("BEGIN IMMEDIATE")
        database.execute(UPSERT, (request.form["who"], int(request.form["place"]), request.form["choice"]))
        database.execute("COMMIT")
    finally:
        fcntl.flock(lock, fcntl.LOCK_UN)
    return {"saved": True}
