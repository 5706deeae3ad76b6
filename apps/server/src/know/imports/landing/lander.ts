import type { Job } from './job.ts';
import type { Prepare } from './judge.ts';
import { customersLander } from './land-customers.ts';
import { ordersLander } from './land-orders.ts';
import { productsLander } from './land-products.ts';
import { stockLander } from './land-stock.ts';

/** How the rows of a file land, by what it holds. One lander serves one run: it remembers what it has seen. */
export function landerOf(job: Job): Prepare {
  switch (job.kind) {
    case 'products':
      return productsLander(job);
    case 'stock':
      return stockLander(job);
    case 'customers':
      return customersLander(job);
    case 'orders':
      return ordersLander(job);
  }
}
