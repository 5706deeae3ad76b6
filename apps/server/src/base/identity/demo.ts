import type { Role } from '@tongshang/contract';
import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { run, type Tx } from '../../platform/db.ts';
import { createStaff } from './create-staff.ts';

interface DemoSignIn {
  role: Role;
  name: string;
  email: string;
  password: string;
}

const password = 'guyu-demo-2026'; // printed on the demo's sign-in page; no account of a real house has it
const people: readonly (Omit<DemoSignIn, 'password'> & { location?: string })[] = [
  { role: 'admin', name: '林管理', email: 'admin@guyu.example' },
  { role: 'executive', name: '顾总', email: 'executive@guyu.example' },
  { role: 'operations', name: '周运营', email: 'operations@guyu.example' },
  { role: 'marketer', name: '苏市场', email: 'marketer@guyu.example' },
  { role: 'analyst', name: '陈分析', email: 'analyst@guyu.example' },
  { role: 'warehouse', name: '马库管', email: 'warehouse@guyu.example' },
  { role: 'clerk', name: '何店员', email: 'clerk@guyu.example', location: 'S01' },
];

/** Gives the demo enterprise one member of staff of each role. Safe to call twice. */
export async function createDemoStaff(ctx: Ctx): Promise<void> {
  const there = new Set((await listDemoSignIns(ctx.tx)).map((person) => person.email));
  for (const person of people) if (!there.has(person.email)) await createStaff(ctx, { ...person, password });
}

/** The demo's sign-ins that exist and are open, in the order in which roles are shown. */
export async function listDemoSignIns(tx: Tx): Promise<DemoSignIn[]> {
  const rows = await run(
    tx,
    sql<{ email: string; name: string; role: Role }>`select email, name, role from identity."user"
      where kind = 'staff' and is_active and email = any(${people.map((person) => person.email)}::text[])`,
  );
  return people.flatMap(({ email }) => {
    const row = rows.find((candidate) => candidate.email === email);
    return row === undefined ? [] : [{ ...row, password }];
  });
}
