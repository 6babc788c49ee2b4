/** The one door to Rust. */
import { commands as generated } from './generated';
import { countedAll } from './flight';

export const commands = countedAll(generated);
export { events } from './generated';
export * from './bytes';
export { failure } from './failure';
export { onFlight } from './flight';
export type * from './generated';
