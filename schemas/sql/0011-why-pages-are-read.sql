-- why a page was read by its text layer or by OCR, and by which engine, in words
ALTER TABLE page ADD COLUMN why TEXT;
