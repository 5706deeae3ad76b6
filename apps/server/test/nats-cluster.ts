// Three nats-servers with JetStream on loopback, in a folder of their own, for tests that kill one of them.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { findFreePort } from '../src/platform/embedded/processes.ts';

export interface NatsCluster {
  url: string;
  /** kill -9 of one server, by the name under which a stream's `cluster.leader` knows it. */
  kill: (name: string) => Promise<void>;
  /** A killed server begins again on its folder. */
  revive: (name: string) => void;
  stop: () => Promise<void>;
}

const binary = ['/usr/sbin/nats-server', '/usr/local/bin/nats-server', '/usr/bin/nats-server'].find((path) => existsSync(path));
// Ends its server when whoever started it is gone, however that ended.
const guarded = 'trap "" INT; "$0" -c "$1" >/dev/null 2>&1 & pid=$!; read -r _; kill -9 $pid; wait';

/** Starts the cluster and waits until it has agreed on a leader. */
export async function startNatsCluster(): Promise<NatsCluster> {
  if (binary === undefined)
    throw new Error(
      'nats-server is missing. npm test installs it on Debian as root; otherwise: sudo apt-get install nats-server',
    );
  const dir = await mkdtemp(join(tmpdir(), 'tongshang-nats-'));
  const names = ['n1', 'n2', 'n3'];
  const ports = new Map<string, { client: number; route: number }>();
  for (const name of names) ports.set(name, { client: await findFreePort(), route: await findFreePort() });
  const routes = [...ports.values()].map(({ route }) => `nats-route://127.0.0.1:${route}`).join(', ');
  const flush = (await knows('sync_interval: always')) ? 'sync_interval: always' : ''; // Debian's 2.9 has no word for it
  for (const [name, { client, route }] of ports)
    await writeFile(
      join(dir, `${name}.conf`),
      `server_name: ${name}\nlisten: 127.0.0.1:${client}
jetstream { store_dir: "${join(dir, name)}", max_file_store: 1GB, max_memory_store: 64MB, ${flush} }
cluster { name: test, listen: 127.0.0.1:${route}, routes: [${routes}] }\n`,
    );

  const servers = new Map<string, ChildProcess>();
  const revive = (name: string): void => {
    const server = spawn('/bin/sh', ['-c', guarded, binary, join(dir, `${name}.conf`)], { stdio: ['pipe', 'ignore', 'ignore'] });
    servers.set(name, server);
  };
  const kill = async (name: string): Promise<void> => {
    const server = servers.get(name);
    if (server === undefined || server.exitCode !== null) return;
    const gone = once(server, 'exit');
    server.stdin?.end();
    await gone;
  };
  for (const name of names) revive(name);
  const url = [...ports.values()].map(({ client }) => `nats://127.0.0.1:${client}`).join(',');
  await agrees(url);
  return {
    url,
    kill,
    revive,
    stop: async () => {
      await Promise.all(names.map(kill));
      await rm(dir, { recursive: true, force: true });
    },
  };

  async function knows(setting: string): Promise<boolean> {
    const file = join(dir, 'probe.conf');
    await writeFile(file, `jetstream { store_dir: "${dir}", ${setting} }\n`);
    return promisify(execFile)(binary ?? '', ['-t', '-c', file]).then(() => true, () => false); // prettier-ignore
  }
}

async function agrees(url: string): Promise<void> {
  const servers = url.split(',').map((one) => new URL(one).host);
  for (const end = Date.now() + 20_000; ; await sleep(50)) {
    const connection = await connect({ servers, reconnect: false, timeout: 1_000 }).catch(() => undefined);
    try {
      if (connection !== undefined) {
        await jetstreamManager(connection, { timeout: 500 });
        return;
      }
    } catch {
      if (Date.now() > end) throw new Error('the nats-servers found no leader within 20 s');
    } finally {
      await connection?.close();
    }
    if (Date.now() > end) throw new Error('no nats-server answered within 20 s');
  }
}
