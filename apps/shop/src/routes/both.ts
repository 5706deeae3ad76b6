import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** The same page at its Chinese and its English address. */
export function inBothLanguages(app: FastifyInstance, method: 'GET' | 'POST', path: string, handler: Handler): void {
  app.route({ method, url: path, handler });
  app.route({ method, url: path === '/' ? '/en' : `/en${path}`, handler });
}
