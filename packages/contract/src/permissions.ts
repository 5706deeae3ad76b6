/** Every right in the house, `<module>.<verb>`. A route names one; a role holds a set. */
export const permissions = [
  'catalog.view', 'catalog.edit',
  'pricing.view', 'pricing.edit',
  'promotions.view', 'promotions.edit', 'promotions.approve',
  'inventory.view', 'inventory.adjust', 'inventory.approve', 'inventory.transfer', 'inventory.recall',
  'routing.view', 'routing.edit', 'warehouse.view', 'warehouse.work', 'warehouse.manage', 'delivery.view', 'delivery.edit',
  'customers.view', 'customers.reveal', 'customers.segment',
  'membership.view', 'membership.adjust',
  'orders.view', 'orders.place', 'orders.cancel', 'orders.release', 'orders.ship',
  'payments.view', 'payments.refund',
  'returns.view', 'returns.record',
  'purchasing.view', 'purchasing.request', 'purchasing.receive',
  'imports.view', 'imports.run', 'observations.view', 'observations.edit', 'insight.view', 'insight.edit',
  'collection.view', 'collection.edit', 'stream.view', 'stream.repair', 'metrics.view', 'metrics.export', 'metrics.edit', 'boards.view', 'boards.edit', 'boards.share',
  'targets.view', 'targets.edit',
  'warnings.view', 'warnings.edit',
  'decisions.view', 'decisions.approve_replenishment', 'decisions.approve_markdown', 'decisions.configure',
  'jobs.view', 'jobs.retry',
  'audit.view',
  'identity.view', 'identity.edit',
  'views.use', 'views.share',
] as const; // prettier-ignore

export type Permission = (typeof permissions)[number];

export const roles = ['clerk', 'warehouse', 'operations', 'analyst', 'marketer', 'executive', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Least privilege: a role holds what its work needs. A clerk is further limited to rows of their own store. */
export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  clerk: ['views.use', 'metrics.view', 'boards.view', 'boards.edit', 'catalog.view', 'pricing.view', 'inventory.view', 'inventory.transfer', 'warehouse.view', 'warehouse.work', 'delivery.view', 'orders.view', 'orders.place', 'customers.view', 'membership.view', 'returns.view', 'returns.record'],
  warehouse: ['views.use', 'catalog.view', 'inventory.view', 'inventory.adjust', 'inventory.transfer', 'inventory.recall', 'warehouse.view', 'warehouse.work', 'warehouse.manage', 'delivery.view', 'orders.view', 'orders.ship', 'purchasing.view', 'purchasing.receive', 'returns.view'],
  operations: [
    'views.use', 'views.share', 'catalog.view', 'catalog.edit', 'pricing.view', 'promotions.view', 'inventory.view', 'inventory.adjust', 'inventory.approve', 'inventory.transfer', 'inventory.recall', 'routing.view', 'routing.edit',
    'warehouse.view', 'warehouse.work', 'warehouse.manage', 'delivery.view', 'delivery.edit', 'customers.view', 'customers.reveal',
    'customers.segment', 'membership.view', 'membership.adjust', 'orders.view', 'orders.place', 'orders.cancel', 'orders.release', 'orders.ship', 'payments.view', 'payments.refund',
    'returns.view', 'returns.record', 'purchasing.view', 'purchasing.request', 'purchasing.receive',
    'imports.view', 'imports.run', 'observations.view', 'observations.edit', 'insight.view', 'insight.edit', 'metrics.view', 'metrics.export', 'boards.view', 'boards.edit', 'boards.share', 'targets.view', 'warnings.view',
    'decisions.view', 'decisions.approve_replenishment',
  ],
  analyst: ['views.use', 'boards.view', 'boards.edit', 'boards.share', 'catalog.view', 'pricing.view', 'promotions.view', 'inventory.view', 'routing.view', 'warehouse.view', 'delivery.view', 'orders.view', 'returns.view', 'collection.view', 'collection.edit', 'stream.view', 'stream.repair', 'insight.view', 'metrics.view', 'metrics.export', 'metrics.edit', 'targets.view', 'warnings.view', 'decisions.view', 'imports.view', 'observations.view', 'observations.edit'],
  marketer: [
    'views.use', 'views.share', 'catalog.view', 'catalog.edit', 'pricing.view', 'pricing.edit', 'promotions.view', 'promotions.edit', 'inventory.view', 'orders.view', 'customers.view',
    'customers.segment', 'membership.view', 'collection.view', 'observations.view', 'observations.edit', 'insight.view', 'insight.edit', 'metrics.view', 'metrics.export', 'boards.view', 'boards.edit', 'boards.share', 'targets.view', 'warnings.view', 'warnings.edit', 'decisions.view', 'decisions.approve_markdown',
  ],
  executive: [
    'views.use', 'views.share', 'catalog.view', 'pricing.view', 'promotions.view', 'promotions.approve', 'inventory.view', 'inventory.approve', 'routing.view', 'warehouse.view', 'delivery.view', 'orders.view', 'returns.view', 'payments.view', 'purchasing.view', 'observations.view', 'insight.view', 'metrics.view', 'metrics.export', 'boards.view', 'boards.edit', 'boards.share',
    'targets.view', 'targets.edit', 'warnings.view', 'warnings.edit', 'decisions.view', 'decisions.approve_replenishment', 'decisions.approve_markdown', 'audit.view',
  ],
  admin: permissions,
}; // prettier-ignore
