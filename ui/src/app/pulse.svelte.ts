/** The newest `pulse` of the open microphone, and its trouble, while a component listens. */
import { events, type Pulse } from '../ipc';

export class PulseReader {
  now = $state.raw<Pulse | null>(null);
  trouble = $state.raw<string | null>(null);

  /** For `$effect`: listens until the effect ends. */
  listen = (onpulse?: (pulse: Pulse) => void) => {
    const stops = [
      events.pulse.listen(({ payload }) => {
        this.now = payload;
        onpulse?.(payload);
      }),
      events.microphoneTrouble.listen(({ payload }) => {
        this.trouble = payload;
      }),
    ];
    return () => {
      for (const stop of stops) void stop.then((unlisten) => unlisten());
    };
  };
}
