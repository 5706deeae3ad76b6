set lock_timeout = '3s';

-- Each process of workers holds an advisory lock of this number; PostgreSQL lets it go when the process is gone, however it went.
alter table platform.worker add column lock_key int not null default 0;
alter table platform.worker alter column lock_key drop default;
