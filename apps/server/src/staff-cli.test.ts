import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { verifyPassword } from 'better-auth/crypto';
import { expect, test } from 'vitest';
import { useWorld } from '../test/world.ts';

const world = useWorld();
const password = 'correct horse battery';

async function run(args: readonly string[], typed = ''): Promise<{ code: number; out: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), 'staff', ...args], {
    env: { PATH: process.env['PATH'], LANG: 'en_US.UTF-8', DATABASE_URL: world.db.url },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(typed);
  const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? -1)));
  return { out: await text(child.stdout), code: await ended };
}

test(
  'the first administrator of a house gets in with the password that was typed, which no argument carries',
  { timeout: 120_000 },
  async () => {
    const made = await run(['create', '--email', 'Boss@firm.example', '--name', '王总'], `${password}\n`);
    expect(made).toEqual({ code: 0, out: expect.stringContaining('boss@firm.example (admin)') });
    expect(made.out).not.toContain(password);
    const { rows } = await world.db.pool.query<{ role: string; kind: string; is_active: boolean; password: string }>(
      `select role, kind, is_active, password from identity."user" u join identity.account a on a.user_id = u.id where email = 'boss@firm.example'`,
    );
    expect(rows).toMatchObject([{ role: 'admin', kind: 'staff', is_active: true }]);
    expect(await verifyPassword({ hash: rows[0]!.password, password })).toBe(true);

    const again = await run(['create', '--email', 'boss@firm.example', '--name', 'Somebody'], 'another password\n');
    expect(again.code).toBe(1);
    expect(again.out).toContain('staff.exists');
  },
);

test(
  'a password as an argument, one that is too short, a role that is none: refused with the way to do it, and nobody is made',
  { timeout: 120_000 },
  async () => {
    const who = ['create', '--email', 'a@firm.example', '--name', 'A'];
    expect(await run([...who, '--password', password])).toMatchObject({
      code: 2,
      out: expect.stringContaining('never an argument'),
    });
    expect(await run(who, 'short\n')).toMatchObject({ code: 2, out: expect.stringContaining('password') });
    expect(await run([...who, '--role', 'emperor'], `${password}\n`)).toMatchObject({
      code: 2,
      out: expect.stringContaining('role'),
    });
    expect(await run([...who, '--role', 'clerk'], `${password}\n`)).toMatchObject({
      code: 1,
      out: expect.stringContaining('staff.location_missing'),
    });
    const { rows } = await world.db.pool.query(`select from identity."user" where email = 'a@firm.example'`);
    expect(rows).toEqual([]);
  },
);
