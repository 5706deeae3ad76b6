set lock_timeout = '3s';
create index bucket_version_when on stream.bucket_version (reopened_at);
