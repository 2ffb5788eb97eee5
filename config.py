"""Settings of one installation, from the environment or a file `.env` (`ELEARN_…`); the defaults fit one machine."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent
Hour = Annotated[int, Field(ge=0, le=23)]


class Settings(BaseSettings):
    """Every knob of the product; each is described in docs/settings.md."""

    model_config = SettingsConfigDict(env_prefix="ELEARN_", env_file=ROOT / ".env", extra="ignore")

    instance_dir: Path = ROOT / "instance"
    content_dir: Path = ROOT / "content"
    content_approval: bool = False
    directive_review: bool = False
    database_url: str = ""
    jobs_url: str = ""
    secret_key: SecretStr = SecretStr("")
    public_url: str = "http://127.0.0.1:8000"
    regency: str = ""
    time_zone: str = "Asia/Jakarta"
    trusted_proxies: int = 0
    max_upload_mb: int = 16
    session_hours: int = 12
    workers: int = 2
    demo: bool = True
    demo_people: int = 4000
    environment: Literal["production", "development", "test"] = "production"

    help_name: str = ""
    help_phone: str = ""
    help_email: str = ""

    smtp_host: str = ""
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_starttls: bool = False
    mail_from: str = "elearn@localhost"

    quiet_from: Hour = 18
    quiet_until: Hour = 7
    report_office: str = "bkpsdm"
    scheduled_reports: bool = True
    escalation_percent: Annotated[int, Field(ge=0, le=100)] = 80

    @property
    def database(self) -> str:
        """SQLAlchemy URL; SQLite in the instance folder unless another database is named."""
        return self.database_url or f"sqlite:///{self.instance_dir / 'elearn.db'}"

    @property
    def jobs(self) -> str:
        """URL of the job queue; SQLite in the instance folder unless PostgreSQL or Redis is named."""
        return self.jobs_url or f"sqlite:///{self.instance_dir / 'jobs.db'}"

    @property
    def is_https(self) -> bool:
        """Whether people reach this installation over https, so that cookies can be marked Secure."""
        return self.public_url.startswith("https://")
