/** The document of a receipt as people read it: `PR-000012` of `purchase:PR-000012`. */
export const documentOf = (cause: string): string => cause.slice(cause.indexOf(':') + 1);
