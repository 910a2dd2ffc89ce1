"""Look at a workbook from outside before any parser opens it: what it is, how large it gets, what hides in it.

A 1 MB file can hold 400 MB of rows, and a 5 KB one can kill a parser: all that is decided on the ZIP directory.
"""

import io
import zipfile
import zlib

SIZE_LIMIT = 5 * 1024 * 1024
UNPACKED_LIMIT = 40 * 1024 * 1024
ENTRY_LIMIT = 500

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DECLARATIONS = [
    text.encode(encoding) for text in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be")
]
_CHUNK = 1024 * 1024


def refusal(content: bytes) -> str:
    """Return the code of the reason why ``content`` is not opened, or an empty text."""
    if not content:
        return "workbook_empty"
    if len(content) > SIZE_LIMIT:
        return "workbook_too_large"
    if content.startswith(_OLE):
        return "workbook_encrypted" if _ENCRYPTED in content else "workbook_old_format"
    if not content.startswith(b"PK\x03\x04"):
        return "workbook_is_text" if _is_text(content) else "workbook_not_excel"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _directory_refusal(archive) or _content_refusal(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        return "workbook_damaged"


def _is_text(content: bytes) -> bool:
    """Whether the file is readable text, such as CSV."""
    try:
        return "\x00" not in content[:4096].decode("utf-8", "strict" if len(content) <= 4096 else "ignore")
    except UnicodeDecodeError:
        return False


def _directory_refusal(archive: zipfile.ZipFile) -> str:
    entries = archive.infolist()
    names = [entry.filename.replace("\\", "/").casefold() for entry in entries]
    if len(entries) > ENTRY_LIMIT or sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
        return "workbook_unpacks_too_large"
    if any(entry.flag_bits & 1 for entry in entries):
        return "workbook_encrypted"
    if len(set(names)) < len(names) or any(name.startswith("/") or ".." in name.split("/") for name in names):
        return "workbook_damaged"
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
        return "workbook_has_macros"
    if "xl/workbook.bin" in names:
        return "workbook_old_format"
    return "" if "xl/workbook.xml" in names else "workbook_not_excel"


def _content_refusal(archive: zipfile.ZipFile) -> str:
    """Read every part once (sizes and checksums are checked on the way) and look for what no workbook needs."""
    for entry in archive.infolist():
        tail = b""
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                window = tail + chunk
                if any(mark in window for mark in _DECLARATIONS):
                    return "workbook_has_doctype"
                if entry.filename == "[Content_Types].xml" and b"macroEnabled" in window:
                    return "workbook_has_macros"
                tail = chunk[-32:]
    return ""
