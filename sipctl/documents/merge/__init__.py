"""One Word file for the printer out of many letters.

Own code: docxcompose, the library there is for this, lets a letter without a header take the header of the one
before, runs page numbers and lists on, needs python-docx and takes quadratic time. Word's own way (``altChunk``)
is not understood by LibreOffice.

What is kept of each letter: page setup, headers, footers, notes, pictures, lists that begin anew, styles (a style
that two templates define differently becomes two), bookmarks, links. Pages are numbered from 1 in each letter, and
"page x of y" counts the letter's pages. What cannot be had twice in one file is taken from the first letter:
hyphenation, compatibility, mirrored margins. Comments, properties and bindings to properties are left out, since
they belong to one letter and are not printed.
"""

from collections.abc import Iterable

from sipctl.documents.template.package import open_package

from .book import Book


def merge(documents: Iterable[bytes], *, duplex: bool = False) -> bytes:
    """The letters in their order, each beginning on a page of its own; with ``duplex`` on an odd page.

    ``duplex`` is for Word. LibreOffice begins every letter on an odd page without being told, since each has page 1,
    and told so (7.4) it sets the text of a page with a header too high.

    Raises ``TemplateFault`` for what is no Word document, ``ValueError`` for no documents at all. Takes time in
    proportion to the letters, and memory for little more than the file that comes out.
    """
    book = Book(duplex)
    for number, document in enumerate(documents, 1):
        book.add(open_package(document, str(number)))
    return book.finish()
