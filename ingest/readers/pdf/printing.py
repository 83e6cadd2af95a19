"""What the pages of a PDF print: by pdfium, which is fast, where it surely says what pdfplumber says; else by pdfplumber.

pdfplumber opens every document: it tells what is encrypted or damaged, and which fonts a page has. pdfium knows no threads;
each worker is a process.
"""

from __future__ import annotations

import contextlib
import io
from ctypes import c_void_p, cast

import pdfplumber
from pdfminer.pdfdocument import PDFXRefFallback
from pypdfium2 import PdfDocument, PdfiumError

from ingest.readers.pdf.pdfium_page import by_pdfium
from ingest.readers.pdf.printed import Printed, UnclearError, by_pdfplumber


class Document:
    """A PDF as both libraries have it; `unclear` says of each page that pdfplumber read why."""

    def __init__(self, content: bytes):
        """Raises whatever pdfplumber raises."""
        self.pages = pdfplumber.open(io.BytesIO(content)).pages
        self.unclear: dict[int, str] = {}
        self.beside: PdfDocument | None = None
        if self.pages and not _is_rebuilt(self.pages[0].pdf):
            with contextlib.suppress(PdfiumError):
                self.beside = PdfDocument(content)
        if self.beside is not None and len(self.beside) != len(self.pages):
            self.close()

    def printed(self, page: pdfplumber.page.Page) -> Printed:
        """What a page prints. Raises whatever pdfplumber raises of a damaged page."""
        try:
            if self.beside is None:
                raise UnclearError("pdfium does not find the same pages")
            return by_pdfium(cast(self.beside.raw, c_void_p), page)
        except UnclearError as cause:
            self.unclear[page.page_number] = str(cause)
        except MemoryError:
            raise
        except Exception as error:  # pdfplumber will say whether the page is damaged
            self.unclear[page.page_number] = type(error).__name__
        return by_pdfplumber(page)

    def close(self) -> None:
        if self.beside is not None:
            self.beside.close()
            self.beside = None


def _is_rebuilt(pdf: pdfplumber.PDF) -> bool:
    """Whether the list of its objects is damaged: then each library takes other ones for the valid ones."""
    return any(isinstance(table, PDFXRefFallback) for table in pdf.doc.xrefs)
