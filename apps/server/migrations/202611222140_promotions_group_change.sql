set lock_timeout = '3s';

-- How a group is to get along from now on, waiting for a second person: { mode, parentId, priority, byId, by, at }.
alter table promotions."group" add column change jsonb;
