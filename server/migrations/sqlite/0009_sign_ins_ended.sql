-- When a sign-in was ended before its expiry: its cookie leads to none any more. Its row and its sent codes are kept like those of any
-- other, since they tell what became of the codes of a gateway.
ALTER TABLE sign_ins ADD COLUMN ended_at INTEGER;
