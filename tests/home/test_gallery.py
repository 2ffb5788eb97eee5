"""The components are shown where pages are drawn, and nowhere else."""

from pathlib import Path

from flask.testing import FlaskClient

from config import Settings
from elearn.app import create_app


def test_every_component_is_a_sound_page(client: FlaskClient) -> None:
    """The page that shows them all is inspected like any other, and shows a complaint."""
    assert "NIP terdiri atas 18 angka" in client.get("/gaya").text


def test_people_at_work_do_not_meet_it(tmp_path: Path) -> None:
    """In production there is no such page."""
    app = create_app(Settings(instance_dir=tmp_path, jobs_url="memory:"))
    assert "/gaya" not in {rule.rule for rule in app.url_map.iter_rules()}
