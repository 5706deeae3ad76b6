// `main.ts staff create`: an account for a member of staff, above all the first administrator of a house that is not the demo.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { identity as contract } from '@tongshang/contract';
import { createStaff } from './base/identity/index.ts';
import { openHouseDatabase } from './open-database.ts';
import { system } from './platform/ctx.ts';
import { inTx } from './platform/db.ts';
import { Refusal } from './platform/fail.ts';
import { machineClock } from './platform/time.ts';
import { either, say } from './terminal.ts';

const exitCodes = { created: 0, refused: 1, usage: 2 } as const;
const options = {
  email: { type: 'string' },
  name: { type: 'string' },
  role: { type: 'string' },
  location: { type: 'string' },
} as const;
const help = either(
  `用法：node apps/server/src/main.ts staff create --email <邮箱> --name <姓名> [--role admin] [--location <门店>]
密码从终端读取（不回显），或由标准输入的第一行给出；不接受命令行参数。至少 10 个字符。`,
  `Usage: node apps/server/src/main.ts staff create --email <address> --name <name> [--role admin] [--location <store>]
The password is asked on the terminal (not shown), or is the first line of the standard input; never an argument. At least 10 characters.`,
);

/** Carries out `staff …` and answers the exit code. A password is never read from the arguments, which every process may see. */
export async function runStaffCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  if (asked === undefined) {
    say(help);
    return exitCodes.usage;
  }
  const password = process.stdin.isTTY ? await askPassword() : ((await text(process.stdin)).split(/\r?\n/)[0] ?? '');
  const given = contract.createStaff.body.safeParse({ role: 'admin', ...asked, password });
  if (!given.success) {
    for (const issue of given.error.issues) say(`${issue.path.join('.')}: ${issue.message}`);
    return exitCodes.usage;
  }
  await using database = await openHouseDatabase('tongshang-staff');
  try {
    const who = { actor: system('staff create'), now: machineClock() };
    const made = await inTx(database.db, who, (ctx) => createStaff(ctx, given.data));
    say(
      either(
        `已开通 ${made.email}（${made.role}），可以登录后台了。`,
        `${made.email} (${made.role}) may sign in to the console now.`,
      ),
    );
    return exitCodes.created;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say({ code: error.code, ...error.details });
    return exitCodes.refused;
  }
}

function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return positionals.join(' ') === 'create' ? values : undefined;
  } catch {
    return undefined; // an option that we do not know; the help says which we do
  }
}

/** Asks twice without showing what is typed; '' when the two differ, which is too short to pass. */
async function askPassword(): Promise<string> {
  let isMuted = false;
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      if (!isMuted) process.stdout.write(chunk as Buffer);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  const ask = async (question: string): Promise<string> => {
    isMuted = false;
    const answer = lines.question(question);
    isMuted = true;
    const typed = await answer;
    process.stdout.write('\n');
    return typed;
  };
  try {
    const first = await ask(either('密码：', 'Password: '));
    const second = await ask(either('再输入一次：', 'Once more: '));
    return first === second ? first : '';
  } finally {
    lines.close();
  }
}
