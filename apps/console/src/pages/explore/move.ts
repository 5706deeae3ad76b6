/** The list with one item moved to another place; places beyond its ends are its ends. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const rest = [...items];
  const [one] = rest.splice(from, 1);
  if (one === undefined) return [...items];
  rest.splice(Math.max(0, Math.min(rest.length, to)), 0, one);
  return rest;
}
