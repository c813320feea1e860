CREATE TABLE records (
	digest TEXT PRIMARY KEY NOT NULL,
	kind TEXT NOT NULL,
	case_id BIGINT NOT NULL,
	poll BIGINT NULL,
	lender BIGINT NULL,
	content TEXT NOT NULL,
	stored_at BIGINT NOT NULL
);
CREATE INDEX records_by_case ON records (case_id, kind, poll, lender);

CREATE TABLE batches (
	root TEXT PRIMARY KEY NOT NULL,
	case_id BIGINT NOT NULL,
	kind TEXT NOT NULL,
	leaves BIGINT NOT NULL,
	size BIGINT NOT NULL,
	stored_at BIGINT NOT NULL
);

CREATE TABLE batch_leaves (
	root TEXT NOT NULL REFERENCES batches (root),
	position BIGINT NOT NULL,
	record TEXT NOT NULL REFERENCES records (digest),
	PRIMARY KEY (root, position)
);
CREATE INDEX batch_leaves_by_record ON batch_leaves (record);

CREATE TABLE documents (
	digest TEXT PRIMARY KEY NOT NULL,
	case_id BIGINT NOT NULL,
	kind TEXT NOT NULL,
	name TEXT NOT NULL,
	media_type TEXT NOT NULL,
	content BLOB NOT NULL,
	stored_at BIGINT NOT NULL
);
