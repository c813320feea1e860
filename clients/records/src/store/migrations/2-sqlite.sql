ALTER TABLE documents RENAME TO contents;

CREATE TABLE document_uses (
	digest TEXT NOT NULL REFERENCES contents (digest),
	case_id BIGINT NOT NULL,
	kind TEXT NOT NULL,
	name TEXT NOT NULL,
	media_type TEXT NOT NULL,
	stored_at BIGINT NOT NULL,
	PRIMARY KEY (digest, case_id, kind)
);
CREATE INDEX document_uses_by_case ON document_uses (case_id, digest, kind);

INSERT INTO document_uses SELECT digest, case_id, kind, name, media_type, stored_at FROM contents;
ALTER TABLE contents DROP COLUMN case_id;
ALTER TABLE contents DROP COLUMN kind;
ALTER TABLE contents DROP COLUMN name;
ALTER TABLE contents DROP COLUMN media_type;
ALTER TABLE contents DROP COLUMN stored_at;

CREATE VIEW documents AS
	SELECT used.digest, case_id, kind, name, media_type, content, stored_at
	FROM document_uses AS used JOIN contents ON contents.digest = used.digest;
