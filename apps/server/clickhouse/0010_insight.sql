-- The product that a SKU is a variant of; '' for what was told before this column was.
alter table sku add column if not exists product String default '';
