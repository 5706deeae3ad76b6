set lock_timeout = '3s';

-- In which language the house writes to somebody of the staff.
alter table identity."user" add column language text not null default 'zh-CN' check (language in ('zh-CN', 'en'));
