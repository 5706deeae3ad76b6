/** What delivery costs, fen: the rule of the cart. */
export const freight = { feeFen: 800, freeFromFen: 9900 } as const;
