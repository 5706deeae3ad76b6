import type { FastifyInstance, FastifyRequest } from 'fastify';

const formType = 'application/x-www-form-urlencoded';

/** Plain HTML forms arrive as URLSearchParams. */
export function readForms(app: FastifyInstance): void {
  if (app.hasContentTypeParser(formType)) app.removeContentTypeParser(formType);
  app.addContentTypeParser(formType, { parseAs: 'string', bodyLimit: 65_536 }, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  );
}

export const formOf = (request: FastifyRequest): URLSearchParams =>
  request.body instanceof URLSearchParams ? request.body : new URLSearchParams();

export const queryOf = (request: FastifyRequest): URLSearchParams => new URLSearchParams(request.url.split('?')[1] ?? '');

export const wantsJson = (request: FastifyRequest): boolean => (request.headers.accept ?? '').startsWith('application/json');

/** A page of another site cannot write with our visitors' cookies: browsers say where a write comes from. */
export function isFromOutside(request: FastifyRequest, origin: string): boolean {
  const from = request.headers.origin;
  if (from === undefined) return request.headers['sec-fetch-site'] === 'cross-site';
  return from !== origin && from !== `${request.protocol}://${request.headers.host ?? ''}`;
}
