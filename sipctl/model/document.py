"""Issued documents, frozen: template by hash, data as given, time."""

from datetime import datetime

from sqlalchemy import Column, LargeBinary, String
from sqlmodel import Field, SQLModel

from sipctl.model.columns import case_link, json_dict, key_field, link, term
from sipctl.vocabulary.documents import DocumentKind


class Document(SQLModel, table=True):
    """One document given out. ``data`` is exactly what the template saw: nothing redacted is in it."""

    id: int = key_field()
    case_id: int = case_link()
    kind: DocumentKind = term(DocumentKind)
    participant_id: int | None = link("participant.id", nullable=True)
    plan_id: int | None = link("plan.id", nullable=True)
    meeting_id: int | None = link("meeting.id", nullable=True)
    template_sha: str = Field(foreign_key="template.sha")
    data: dict[str, object] = json_dict()
    engine: str
    file_name: str
    issued_at: datetime
    issued_by: str = ""


class Template(SQLModel, table=True):
    """Bytes of a template that a document was issued from."""

    sha: str = Field(sa_column=Column(String, primary_key=True))
    name: str
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
