-- When a sign-in was ended before its expiry: its cookie leads to none any more. Its row and its sent codes are kept like those of any
-- other, since they show whether a gateway delivers its codes.
ALTER TABLE sign_ins ADD COLUMN ended_at INTEGER;
