// What the supervisor tells the person at the terminal.
const began = performance.now();

export function say(text: string, kind: 'step' | 'detail' | 'plain' = 'step'): void {
  const seconds = ((performance.now() - began) / 1000).toFixed(1).padStart(5);
  if (kind === 'step') console.log(`${seconds} s  ${text}`);
  else console.log(kind === 'detail' ? text.replaceAll(/^/gm, '         | ') : text);
}

export interface SignIn {
  role: string;
  email: string;
  password: string;
}

export function sayAddresses(shop: string, console: string, signIns: readonly SignIn[]): void {
  const lines = ['', `  Shop           ${shop}`, `  Console        ${console}`, `  API reference  ${console}/reference`, ''];
  if (signIns.length > 0) {
    const width = (of: (signIn: SignIn) => string): number => Math.max(...signIns.map((signIn) => of(signIn).length));
    const [role, email] = [width((signIn) => signIn.role), width((signIn) => signIn.email)];
    lines.push(
      '  Sign in to the console as',
      ...signIns.map((one) => `    ${one.role.padEnd(role)}  ${one.email.padEnd(email)}  ${one.password}`),
      '',
    );
  }
  lines.push('  Ctrl-C stops everything.', '');
  say(lines.join('\n'), 'plain');
}
