import type { Failure } from './generated';

/** Whatever was thrown, as a failure with a sentence a person can read. */
export function failure(thrown: unknown): Failure {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown && 'code' in thrown) {
    return thrown as Failure;
  }
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: null,
    message: `Something went wrong that Aloud did not expect (${detail}). Try again; if it stays, restart the app.`,
  };
}
