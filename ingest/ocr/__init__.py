"""OCR, an extra that is off by default: pages without a text layer, or with a garbled one, are read off their picture.

A page is drawn by pdfium and read by Tesseract in the same process that reads documents: no sockets, no writing,
no other programs, a limit of time and memory for each page. Why tesserocr: `docs/decisions/0009-ocr.md`.
"""
