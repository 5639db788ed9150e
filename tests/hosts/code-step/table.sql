CREATE TABLE IF NOT EXISTS todoita_code_step (
  key text PRIMARY KEY,
  record text NOT NULL,
  expires_at bigint
);
CREATE INDEX IF NOT EXISTS todoita_code_step_expires_at ON todoita_code_step (expires_at);
