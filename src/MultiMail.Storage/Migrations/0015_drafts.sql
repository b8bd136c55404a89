-- What the author wrote, before anything was added: JSON in UTF-8, kept with the revision that was made of it. NULL = the revision is
-- older than this column, and inbound mail has none.
ALTER TABLE revision ADD COLUMN authored BLOB;

-- The same of a draft that nobody has frozen yet.
CREATE TABLE draft (
  message_id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, authored BLOB NOT NULL
) STRICT;
