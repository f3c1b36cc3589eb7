-- Events are written far more often than looked at: data stays the text that it came as, which is cheaper to store
-- than its decomposition and keeps numbers as they were sent.
ALTER TABLE metering.events ALTER COLUMN data TYPE json USING data::json;
