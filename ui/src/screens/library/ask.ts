import type { LibraryView, WorkView } from '../../ipc';

/** Asks Rust for something and shows on the screen why not. */
export type Ask = (command: () => Promise<WorkView | LibraryView | null>) => Promise<boolean>;
