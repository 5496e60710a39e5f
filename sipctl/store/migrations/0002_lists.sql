-- Indexes for the lists: open cases by reference, and what is due without touching the facts themselves.
-- (voided_by is always NULL in the second; without it SQLite looks the rows up all the same.)

CREATE INDEX ix_case_open ON "case" (ref) WHERE step <> 'done';

DROP INDEX ix_fact_live;

CREATE INDEX ix_fact_live ON fact (kind, on_date, case_id, voided_by) WHERE voided_by IS NULL;
