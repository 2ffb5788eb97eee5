"""HTML to PDF; the press behind it is set up at the first page, because it is a third of a worker's memory."""


def render_pdf(html: str, *, is_tagged: bool = True) -> bytes:
    """The PDF/UA-1 of an HTML page that has `lang` and `title`, styled by the sheets of `static/print/`.

    Addresses of our own files are written `app-static:…`; any other raises `press.ForeignFileError`.
    A part of a longer paper is not tagged: its tags would be lost when the parts are bound.
    """
    from elearn.core import press  # most web workers never print

    return press.render_pdf(html, is_tagged=is_tagged)
