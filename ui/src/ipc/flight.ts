/** Counts commands on their way, so that a screen can say when it has everything it asked for. */
type Listener = (inFlight: number) => void;

let inFlight = 0;
const listeners = new Set<Listener>();

function change(by: number) {
  inFlight += by;
  for (const listener of listeners) listener(inFlight);
}

export function onFlight(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The same command, counted while it is on its way. */
export function counted<A extends unknown[], R>(
  command: (...args: A) => Promise<R>,
): (...args: A) => Promise<R> {
  return async (...args) => {
    change(1);
    try {
      return await command(...args);
    } finally {
      change(-1);
    }
  };
}

export function countedAll<T extends object>(commands: T): T {
  const entries = Object.entries(commands).map(([name, command]) => [name, counted(command)]);
  return Object.fromEntries(entries) as T;
}
