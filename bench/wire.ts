// A caller that costs little: one kept socket, requests written by hand, answers read by their length. The load generator shares the
// cores with the house; what it spends, the house lacks.
import { connect, type Socket } from 'node:net';
import type { Answer } from './load.ts';

export interface Wire {
  call: (
    method: string,
    path: string,
    options?: { body?: string; headers?: Readonly<Record<string, string>> },
  ) => Promise<Answer>;
  close: () => void;
}

interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

/** Opens one connection; requests on it go one after another. */
export function openWire(origin: string): Wire {
  const { hostname, port } = new URL(origin);
  let socket: Socket | undefined;
  let waiting: Waiting | undefined;
  let received: Buffer = Buffer.alloc(0);

  const fail = (error: Error) => {
    const whom = waiting;
    waiting = undefined;
    socket?.destroy();
    socket = undefined;
    received = Buffer.alloc(0);
    whom?.reject(error);
  };
  const open = (): Socket => {
    const fresh = connect({ host: hostname, port: Number(port), noDelay: true });
    fresh.on('data', (part: Buffer) => {
      received = received.length === 0 ? part : Buffer.concat([received, part]);
      const answer = readAnswer(received);
      if (answer === undefined) return;
      received = received.subarray(answer.size);
      const whom = waiting;
      waiting = undefined;
      whom?.resolve(answer);
    });
    fresh.on('error', fail);
    fresh.on('close', () => fail(new Error('the server closed the connection')));
    return fresh;
  };

  return {
    call: (method, path, { body = '', headers = {} } = {}) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket ??= open();
        const extra = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
        const length = Buffer.byteLength(body);
        const type = length === 0 ? '' : `content-type: application/json\r\ncontent-length: ${length}\r\n`;
        socket.write(`${method} ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\n${extra.join('')}${type}\r\n${body}`);
      }),
    close: () => {
      socket?.removeAllListeners('close');
      socket?.destroy();
    },
  };
}

function readAnswer(bytes: Buffer): (Answer & { size: number }) | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
  const size = end + 4 + length;
  if (bytes.length < size) return undefined;
  const cookies = [...head.matchAll(/\r\nset-cookie: ([^;\r]*)/gi)].map(([, cookie = '']) => cookie);
  return { status: Number(head.slice(9, 12)), body: bytes.toString('utf8', end + 4, size), cookies, size };
}
