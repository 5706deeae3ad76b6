import Fastify, { type FastifyInstance } from 'fastify';
import { mountShop } from '../src/plugin.tsx';
import { sampleHouse, type SampleHouse } from './sample-house.ts';

const assets = {
  files: new Map(),
  urlOf: (name: string) => `/shop-assets/${name}-12345678.${name === 'style' ? 'css' : 'js'}`,
  preloadsOf: () => [],
};

export interface Served extends SampleHouse {
  app: FastifyInstance;
  /** The HTML of a page. */
  get: (url: string) => Promise<string>;
  /** Sends a form as a browser does; answers status and where it leads. */
  post: (
    url: string,
    form?: Record<string, string>,
    headers?: Record<string, string>,
  ) => Promise<{ status: number; location: string; html: string; cookies: string[] }>;
}

/** The shop over sample data, without a network. */
export async function serveSample(options: { isMember?: boolean } = {}): Promise<Served> {
  const house = sampleHouse(options);
  const app = Fastify({ trustProxy: true, routerOptions: { maxParamLength: 512 } }) as unknown as FastifyInstance;
  await mountShop(app, house.parts, assets);
  return {
    ...house,
    app,
    get: async (url) => (await app.inject({ url })).body,
    post: async (url, form = {}, headers = {}) => {
      const reply = await app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: house.parts.origin, ...headers },
        payload: new URLSearchParams(form).toString(),
      });
      const cookies = [reply.headers['set-cookie'] ?? []].flat();
      return { status: reply.statusCode, location: String(reply.headers.location ?? ''), html: reply.body, cookies };
    },
  };
}
