/** A small program as it was typed during a take. */
import type { PadStep } from '../generated';

const program = `// first: who closes?
func worker(ctx context.Context, jobs <-chan Job) error {
	for {
		select {
		case job, ok := <-jobs:
			if !ok {
				return nil
			}
			handle(job)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
`;

/** One letter after the other over the whole take; a comment goes again half-way. */
export function padHistory(seconds: number): PadStep[] {
  const letters = [...program];
  const steps: PadStep[] = letters.map((insert, i) => ({
    at_s: 4 + (i / letters.length) * (seconds - 8),
    changes: [{ from: i, to: i, insert }],
  }));
  const comment = program.indexOf('\n') + 1;
  steps.push({ at_s: seconds - 3, changes: [{ from: 0, to: comment, insert: '' }] });
  return steps;
}

export const padText = program.slice(program.indexOf('\n') + 1);
