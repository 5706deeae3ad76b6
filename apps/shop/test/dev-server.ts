// The built shop over sample data: node test/dev-server.ts [port] [--member]
import Fastify from 'fastify';
import { shopPlugin } from '@tongshang/shop';
import { placeholder } from './sample-goods.ts';
import { sampleHouse } from './sample-house.ts';
import { anOrder, aRichOrder } from './sample-orders.ts';

const port = Number(process.argv[2] ?? 4180);
const house = sampleHouse({ isMember: process.argv.includes('--member'), origin: `http://127.0.0.1:${port}` });
for (const order of [
  anOrder(),
  aRichOrder(),
  anOrder({
    number: 'SO20261121-0007',
    state: 'shipped',
    paidAt: '2026-11-21T02:00:00Z',
    releasedAt: '2026-11-21T02:05:00Z',
    shippedAt: '2026-11-21T09:30:00Z',
    carrier: '顺丰速运',
    trackingNumber: 'SF1234567890',
    moves: ['delivered'],
  }),
])
  house.orders.set(order.number, order);

const app = Fastify({ logger: { level: 'warn' }, trustProxy: 'loopback', routerOptions: { maxParamLength: 512 } });
app.get('/media/:file', (request, reply) =>
  reply.type('image/svg+xml').send(placeholder((request.params as { file: string }).file)),
);
app.post('/v1/batch', () => ({ success: true }));
app.get('/pay/:number', (request, reply) => reply.redirect(`/paid/${(request.params as { number: string }).number}`));
await shopPlugin(app as never, house.parts);
await app.listen({ port, host: '127.0.0.1' });
process.stdout.write(`http://127.0.0.1:${port}\n`);
