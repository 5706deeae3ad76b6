/** One key per intent: the same content keeps its key over retries, other content or success starts a new one. */
export function rememberIntent(newKey: () => string = randomId) {
  let current: { content: string; key: string } | undefined;
  return {
    keyFor(input: unknown): string {
      const content = JSON.stringify(input);
      if (current?.content !== content) current = { content, key: newKey() };
      return current.key;
    },
    settled(): void {
      current = undefined;
    },
  };
}

/** A random UUID also where the page is not served over TLS, which is where `crypto.randomUUID` is missing. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
