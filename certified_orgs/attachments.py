"""Files that belong to a case: what is taken, what is refused and why, and who may open it.

Nobody is told by a stack of rules beforehand what can go wrong; the message beside the field
says it for each file, and the files that were good are kept. A picture is saved anew, so
that it carries neither the place where it was taken nor anything hidden behind it.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import filetype
from django import forms
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from pypdf import PdfReader
from pypdf.errors import DependencyError

from kiyose.japanese.names import clean_name
from kiyose.pages.metadata import KEPT

from .models import Attachment
from .permissions import may_open

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_FILES = 10
LONGEST_NAME = 200
# No request takes as long as that.
WRITTEN_LONG_AGO = datetime.timedelta(days=1)

# What a file may be, and how the names of such files end.
ENDINGS = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
}
PILLOW_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
ACCEPT = ",".join(ending for endings in ENDINGS.values() for ending in endings)


@dataclass(frozen=True)
class Upload:
    """A file that was looked at and found good, as it is going to be kept."""

    name: str
    kind: str
    content: bytes


# Looking at a file


def inspect(file: UploadedFile) -> Upload:
    """The file as it can be kept. Raises ValidationError with a message that names it."""
    name = _file_name(file.name or "")
    if file.size > MOST_BYTES:
        raise _refused(
            name,
            _("“%(name)s” is too large (%(size)s MB). A file may have up to %(most)s MB."),
            size=f"{file.size / MEGABYTE:.0f}",
            most=MOST_BYTES // MEGABYTE,
        )
    if not file.size:
        raise _refused(name, _("“%(name)s” is empty."))
    file.seek(0)
    content = file.read()
    kind = filetype.guess_mime(content)
    ending = PurePath(name).suffix.lower()
    if kind not in ENDINGS:
        raise _refused(name, _message_about_ending(ending))
    if ending not in ENDINGS[kind]:
        raise _refused(
            name,
            _(
                "“%(name)s” is not what its name says: it should end in %(endings)s. Save it "
                "anew with the program that made it."
            ),
            endings=ENDINGS[kind][0],
        )
    if kind in PILLOW_FORMATS:
        return Upload(name, kind, _saved_anew(name, kind, content))
    _check_pdf(name, content)
    return Upload(name, kind, content)


def _file_name(given: str) -> str:
    """The name without folders, what nobody sees, or more than the row has room for."""
    path = PurePath(clean_name(given.replace("\\", "/")))
    return f"{path.stem[: LONGEST_NAME - len(path.suffix)]}{path.suffix}"[:LONGEST_NAME]


def _message_about_ending(ending: str) -> str:
    known = any(ending in endings for endings in ENDINGS.values())
    if known:
        return _(
            "“%(name)s” is not what its name says, or it is damaged. Save it anew with the "
            "program that made it."
        )
    return _("“%(name)s” is of a type that we cannot take. Please send PDF, JPEG or PNG.")


def _refused(name: str, message: str, **values) -> ValidationError:
    return ValidationError(message, params={"name": name, **values})


def _saved_anew(name: str, kind: str, content: bytes) -> bytes:
    """The picture alone, upright, without what its camera wrote into it."""
    broken = _refused(
        name, _("“%(name)s” is damaged, or too large a picture: it cannot be opened.")
    )
    try:
        image = Image.open(io.BytesIO(content), formats=[PILLOW_FORMATS[kind]])
        if image.width * image.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
            raise broken
        upright = ImageOps.exif_transpose(image)
        bare = upright.copy()
        bare.info = {key: value for key, value in upright.info.items() if key in KEPT}
        saved = io.BytesIO()
        bare.save(saved, format=PILLOW_FORMATS[kind], quality=90, **bare.info)
    except ValidationError:
        raise
    except Exception as error:  # what Pillow raises for a damaged file has no common name
        raise broken from error
    return saved.getvalue()


def _check_pdf(name: str, content: bytes) -> None:
    """The office must be able to open it, in five years as well."""
    try:
        reader = PdfReader(io.BytesIO(content))
        locked = reader.is_encrypted
        pages = 0 if locked else len(reader.pages)
    except DependencyError:  # locked in a way (AES) for which pypdf needs another library
        locked, pages = True, 0
    except Exception as error:  # likewise pypdf, and recursion that never ends
        raise _refused(name, _("“%(name)s” is damaged: it cannot be opened.")) from error
    if locked:
        raise _refused(
            name,
            _("“%(name)s” is protected by a password. Please save it without one."),
        )
    if not pages:
        raise _refused(name, _("“%(name)s” has no page."))


# The field of a form


class SeveralFiles(forms.ClearableFileInput):
    """The browser's own control, for several files at once."""

    allow_multiple_selected = True

    def __init__(self, attrs=None):
        super().__init__({"accept": ACCEPT, **(attrs or {})})


class AttachmentField(forms.FileField):
    """Several files. Cleaned it is a list of ``Upload``, to be given to ``add``.

    most: how many (more) the case may have; set it to ``room_for(case)``. ``accepted``:
    after cleaning, the good files of a list in which others were refused, so that they need
    not be chosen again. Every form has a field of its own.
    """

    widget = SeveralFiles

    def __init__(self, *, most: int = MOST_FILES, **kwargs):
        self.most = most
        self.accepted: list[Upload] = []
        super().__init__(**kwargs)

    def clean(self, data, initial=None) -> list[Upload]:
        files = [file for file in _as_list(data) if file]
        if not files and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        problems = []
        self.accepted = []
        for file in files:
            try:
                upload = inspect(file)
            except ValidationError as problem:
                problems.append(problem)
                continue
            if len(self.accepted) < self.most:
                self.accepted.append(upload)
            else:
                problems.append(self.one_too_many(upload.name))
        if problems:
            raise ValidationError(problems)
        return self.accepted

    @staticmethod
    def one_too_many(name: str) -> ValidationError:
        """What is said about a file for which there is no room."""
        message = _("There is no room for “%(name)s”: up to %(most)s files can be attached.")
        return _refused(name, message, most=MOST_FILES)


def _as_list(data) -> list:
    return list(data) if isinstance(data, list | tuple) else [data]


# Keeping, opening and deleting


def room_for(subject) -> int:
    """How many more files the case may have."""
    return max(MOST_FILES - len(subject.attachments.all()), 0)


def own_files(subject) -> list[Attachment]:
    """The files that the applicant or holder has sent; what the office added (a scan of the
    paper, for example) is the office's."""
    files = subject.attachments.all()
    return [file for file in files if file.uploaded_by_id is None and not file.is_scan]


def add(subject, upload: Upload, *, user=None, note: str = "", is_scan: bool = False) -> Attachment:
    """Keep a file with a case; user: who in the office brought it, if somebody did."""
    attachment = Attachment(
        subject=subject,
        name=upload.name,
        content_type_name=upload.kind,
        size=len(upload.content),
        note=note,
        is_scan=is_scan,
        uploaded_by=user,
    )
    attachment.file.save(upload.name, ContentFile(upload.content), save=True)
    return attachment


def leftovers() -> list[str]:
    """Files that belong to no row: of a transaction that was rolled back after its file was
    written. Younger ones may be waiting for their row to be committed."""
    known = set(Attachment.objects.values_list("file", flat=True))
    before = timezone.now() - WRITTEN_LONG_AGO
    storage = _storage()
    return [
        name
        for name in _names(storage)
        if name not in known and storage.get_modified_time(name) < before
    ]


def erase_file(name: str) -> None:
    """Delete one of the leftovers, once the transaction is committed."""
    transaction.on_commit(lambda: _storage().delete(name))


def _storage():
    return Attachment._meta.get_field("file").storage


def _names(storage):
    """Of all files in the folders that ``attachment_path`` makes, one for each year."""
    try:
        folders, _files = storage.listdir("")
    except FileNotFoundError:  # nothing was ever attached
        return
    for folder in filter(str.isdigit, folders):
        yield from (f"{folder}/{name}" for name in storage.listdir(folder)[1])


def add_all(subject, uploads: Sequence[Upload], **values) -> list[Attachment]:
    """``add`` for each of them."""
    return [add(subject, upload, **values) for upload in uploads]


def hand_over(held, subject) -> None:
    """What the private link of a form has held belongs to the case, now that it is sent. Of a
    form that was sent twice, each file is kept once."""
    there = set(subject.attachments.values_list("name", "size"))
    delete_all(each for each in held.attachments.all() if (each.name, each.size) in there)
    kind = ContentType.objects.get_for_model(subject)
    held.attachments.update(content_type=kind, object_id=subject.pk)


def delete_all(attachments: Iterable[Attachment]) -> None:
    """One by one: each takes its file along."""
    for attachment in attachments:
        attachment.delete()


def certified_attachment(request: HttpRequest, pk: int) -> FileResponse:
    """The file, for who may open its case; for all others there is none."""
    attachment = Attachment.objects.filter(pk=pk).first()
    subject = attachment.subject if attachment else None
    if subject is None or not may_open(request.user, subject):
        raise Http404
    return download(attachment)


def download(attachment: Attachment) -> FileResponse:
    """Always to be saved, never shown within this site; kept by no cache."""
    try:
        file = attachment.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        file,
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.content_type_name,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def delete_files_with_their_rows() -> None:
    """Connect the private storage to the table: no row, no file."""

    def forget(sender, instance: Attachment, **kwargs):
        name, storage = instance.file.name, instance.file.storage
        # Not before the row is gone for good; another row never has the same file.
        # Robust: a file that cannot be deleted does not keep the others.
        transaction.on_commit(lambda: storage.delete(name), robust=True)

    models.signals.post_delete.connect(
        forget, sender=Attachment, weak=False, dispatch_uid="certified_orgs.delete_files"
    )
