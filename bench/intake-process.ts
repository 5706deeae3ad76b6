// A server process of its own for the intake bench: `node intake-process.ts <databaseUrl> <callers> <sku>` sells one SKU out and prints the outcome.
import { sellOut } from './intake.ts';

const [url = '', callers = '16', sku = ''] = process.argv.slice(2);
console.log(JSON.stringify(await sellOut(url, { callers: Number(callers), sku })));
