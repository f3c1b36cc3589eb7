-- Tokens that were issued before count no more: the sign-ins of the person were ended.
ALTER TABLE auth.identities ADD COLUMN tokens_after timestamptz;

-- Subjects whose users were deleted here. Tokens of theirs live on for minutes, and must not make them anew.
CREATE TABLE auth.removed_identities (
  issuer text NOT NULL,
  subject text NOT NULL,
  removed_at timestamptz NOT NULL,
  PRIMARY KEY (issuer, subject)
);
