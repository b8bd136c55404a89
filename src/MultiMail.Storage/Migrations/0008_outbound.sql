-- tainted: written after strangers' text was read. basis: what makes a transactional message one (15 U.S.C. 7702(17)(A)).
ALTER TABLE message ADD COLUMN tainted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN basis TEXT;
