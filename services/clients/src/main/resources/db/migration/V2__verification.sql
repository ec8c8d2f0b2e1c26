-- The challenge that is open: the answer to an earlier one, to an earlier address, proves nothing.
ALTER TABLE endpoint ADD COLUMN verification_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;
