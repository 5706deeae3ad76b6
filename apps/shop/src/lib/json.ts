/** JSON that is safe between script tags: no `<` can end or open a tag. */
export const jsonForScript = (data: unknown): string => JSON.stringify(data).replaceAll('<', String.raw`\u003c`);
