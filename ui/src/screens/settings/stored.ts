/** What is offered, and whatever else is stored. */
export const withStored = (offered: readonly number[], stored: number): number[] =>
  [...new Set([...offered, stored])].sort((a, b) => a - b);
