"""A PDF as an office scanner gives it: pictures of its pages, a little askew, with noise, as JPEG; no text layer."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas


def scanned(
    raw: bytes, *, askew: float = 0.6, noise: float = 8.0, dots: int = 200, quality: int = 60, seed: int = 1,
    keep: frozenset[int] = frozenset(),
) -> bytes:
    """The pages as pictures.

    Args:
        raw: a PDF.
        askew: degrees by which each page is turned, one to the left and the next to the right.
        noise: standard deviation of the noise, of 255 shades.
        dots: dots an inch.
        quality: of the JPEG.
        seed: of the noise.
        keep: pages, from 1, that are left out, so that a page with a text layer can be put in their place.
    """
    generator = np.random.default_rng(seed)
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for number, page in enumerate(pdfium.PdfDocument(raw), 1):
        width, height = page.get_size()
        canvas.setPageSize((width, height))
        picture = page.render(scale=dots / 72, grayscale=True).to_pil()
        turned = picture.rotate(askew if number % 2 else -askew, fillcolor=255, resample=Image.Resampling.BICUBIC)
        shades = np.asarray(turned) + generator.normal(0, noise, (turned.height, turned.width))
        jpeg = io.BytesIO()
        Image.fromarray(np.clip(shades, 0, 255).astype(np.uint8)).save(jpeg, "JPEG", quality=quality)
        if number not in keep:
            canvas.drawImage(ImageReader(jpeg), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
