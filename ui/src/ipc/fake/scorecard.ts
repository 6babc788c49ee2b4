/** A system design mock that has been graded in part. */
import type { DrillWish, Scorecard, SignalLevel, StageCard } from '../generated';
import { rows } from './library';
import { asked, packs } from './packs';

const kept = { reflection: '', commitments: [] as string[] };

const levels = (...pairs: [string, SignalLevel['level']][]): SignalLevel[] =>
  pairs.map(([signal, level]) => ({
    signal,
    level,
    below: level === 'junior' || level === 'mid',
  }));

const stage = (title: string, budget_s: number, more: Partial<StageCard>): StageCard => ({
  title,
  budget_s,
  spoken_s: budget_s * 0.86,
  overrun: 0,
  heard: null,
  key_points: null,
  levels: [],
  prompts: [{ title, take: 't7', seconds: budget_s * 0.86, ended: 'finished', grade: 'Senior' }],
  weakest: false,
  ...more,
});

export function scorecard(session: string, bare: boolean): Scorecard {
  const all = rows();
  const deep = all.find((row) => row.id === 't9');
  const wants = bare || !deep?.grade;
  const card: Scorecard = {
    session,
    title: 'System design',
    when: 'today 19:42',
    target: 'senior',
    stages: [
      stage('Requirements', 480, {
        levels: levels(['System design', 'senior'], ['Communication', 'senior']),
        heard: 4,
        key_points: 5,
      }),
      stage('Estimation', 420, {
        levels: levels(['System design', 'mid'], ['Trade-offs', 'mid'], ['Communication', 'staff']),
        heard: 2,
        key_points: 4,
      }),
      stage('High-level design', 900, {
        levels: levels(
          ['Failure thinking', 'senior'],
          ['System design', 'senior'],
          ['Trade-offs', 'senior'],
        ),
        heard: 6,
        key_points: 7,
      }),
      stage('Deep dive', 1200, {
        levels: levels(
          ['Failure thinking', 'mid'],
          ['System design', 'mid'],
          ['Communication', 'mid'],
        ),
        heard: 3,
        key_points: 8,
        overrun: 1,
        spoken_s: 1200,
        weakest: true,
        prompts: [
          {
            title: 'The commit succeeds, the publish fails',
            take: 't6',
            seconds: 900,
            ended: 'time_up',
            grade: 'Mid',
          },
          {
            title: 'Two relays at once',
            take: 't9',
            seconds: 300,
            ended: 'time_up',
            grade: deep?.grade ?? null,
          },
        ],
      }),
      stage('Bottlenecks', 600, {
        spoken_s: 0,
        overrun: 1,
        prompts: [
          {
            title: 'Ten times the traffic',
            take: null,
            seconds: 0,
            ended: 'not_reached',
            grade: null,
          },
        ],
      }),
    ],
    weakest: {
      stage: 'Deep dive',
      reason:
        'Mid on failure thinking, system design and communication, target Senior. 3 of 8 key points. Time ran out once.',
      take: 't6',
    },
    planned: 'It comes back tomorrow, with a sibling question after it.',
    ungraded: wants ? 2 : 0,
    next_take: wants ? 't9' : null,
    ...kept,
    abandoned: false,
    can_resume: false,
  };
  if (!bare) return card;
  return {
    ...card,
    weakest: null,
    planned: null,
    ungraded: 5,
    stages: card.stages.map((one) => ({
      ...one,
      levels: [],
      heard: null,
      key_points: null,
      weakest: false,
      prompts: one.prompts.map((prompt) => ({ ...prompt, grade: null })),
    })),
  };
}

export function saveReflection(text: string, commitments: string[]): null {
  Object.assign(kept, { reflection: text, commitments });
  return null;
}

export function suggest(wish: DrillWish) {
  const all = packs()[0]?.sections ?? [];
  const found = all
    .filter((section) => !wish.section || section.id === wish.section)
    .flatMap((section) => section.groups.flatMap((group) => group.questions))
    .filter((row) => !wish.depth || row.depth === wish.depth)
    .filter((row) => wish.pick !== 'never_tried' || row.takes === 0)
    .filter((row) => wish.pick !== 'weakest' || row.last_level !== null)
    .filter((row) => wish.pick !== 'due' || row.last_level === 'mid');
  return found.slice(0, wish.count).map((row) => asked(row.id));
}
