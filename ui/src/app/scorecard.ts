/** What the scorecard's table shows. */
import type { SignalLevel, StageCard } from '../ipc';
import { moment } from './words';

/** Every signal of any stage. Each stage names its own in the rubric's order; this keeps that order. */
export function signalsOf(stages: StageCard[]): string[] {
  const all: string[] = [];
  for (const { levels } of stages) {
    let after = -1;
    for (const { signal } of levels) {
      const at = all.indexOf(signal);
      if (at >= 0) after = at;
      else all.splice((after += 1), 0, signal);
    }
  }
  return all;
}

export const levelOf = (stage: StageCard, signal: string): SignalLevel | null =>
  stage.levels.find((one) => one.signal === signal) ?? null;

/** `4:10 of 5:00`. */
export const spokenOf = (stage: StageCard): string =>
  `${moment(stage.spoken_s)} of ${moment(stage.budget_s)}`;

/** `3 of 5`, or null where nothing was ticked. */
export const keyPointsOf = (stage: StageCard): string | null =>
  stage.heard === null || stage.key_points === null
    ? null
    : `${stage.heard} of ${stage.key_points}`;
