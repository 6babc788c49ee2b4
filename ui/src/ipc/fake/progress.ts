import type { FactView, PointView, ProgressView, ReadinessView } from '../generated';

const pack = 'senior-go-backend';
const packs = [{ id: pack, title: 'Senior Go Backend' }];

/** A Monday `n` weeks after the first of the year that is shown. */
function monday(n: number): string {
  const day = new Date(Date.UTC(2026, 1, 2 + 7 * n));
  return day.toISOString().slice(0, 10);
}

const said = (day: string) =>
  `week of ${new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`))}`;

const wobble = (n: number, by: number) => Math.sin(n * 2.3) * by;

function points(weeks: number): PointView[] {
  return Array.from({ length: weeks }, (_, n) => {
    const truth = 0.8 + 1.3 * (1 - Math.exp(-n / 14));
    return {
      day: monday(n),
      when: said(monday(n)),
      sittings: 3,
      take: 'take-1',
      first: truth + 0.3 - n / 60 + wobble(n, 0.15),
      second: truth + wobble(n + 1, 0.12),
      later: n % 5 === 3 ? truth - 0.1 : null,
      peer: n % 9 === 6 ? truth - 0.3 : null,
    };
  });
}

export function progress(mood: string): ProgressView {
  const empty = mood === 'empty';
  const three = mood === 'three';
  const shown = empty ? [] : points(three ? 3 : 40);
  return {
    packs,
    pack,
    today: '2026-11-26',
    target: 'senior',
    overview: empty
      ? 'Nothing is recorded yet. From 3 graded runs on, this page can tell a change from chance.'
      : three
        ? '3 graded runs so far, enough to see where you stand, not yet whether that changed. Your own grading noise is not known yet, 1 of 3: on a later day, grade a take again blind from Today.'
        : 'Improved by more than your own grading noise: Go depth. 1 signal shows no change that can be told from chance.',
    subjects: [
      {
        id: 'signal:go-depth',
        name: 'Go depth',
        mock: null,
        runs: empty ? 0 : three ? 3 : 120,
        now: empty ? null : 'Senior +0.1',
        change: empty || three ? 'unknown' : 'improved',
      },
      {
        id: 'signal:trade-offs',
        name: 'Trade-offs',
        mock: null,
        runs: empty ? 0 : 3,
        now: empty ? null : 'Mid +0.4',
        change: empty || three ? 'unknown' : 'within_noise',
      },
      {
        id: 'stage:system-design/deep-dive',
        name: 'Deep dive',
        mock: 'System design',
        runs: 0,
        now: null,
        change: 'unknown',
      },
    ],
    chosen: {
      id: 'signal:go-depth',
      name: 'Go depth',
      sentence: empty
        ? 'Not graded yet.'
        : three
          ? 'Over 3 runs the first run showed Mid, the latest Mid +0.3. Whether that is more than your own grading noise is not known yet, 1 of 3 takes graded again blind.'
          : 'Improved by 1.2 levels: the first 10 runs average Mid, the latest 10 Senior +0.1. Your own grading noise is 1.0.',
      by_week: !three,
      points: shown,
      start: empty ? null : 1,
      band: empty || three ? null : 1,
    },
    noise: {
      sentence:
        empty || three
          ? 'Your own grading noise is not known yet, 1 of 3: on a later day, grade a take again blind from Today.'
          : 'Graded again blind, 21 takes came within one level in 96 % of 58 levels. A change counts from more than 1.0 levels on.',
      takes: empty ? 0 : three ? 1 : 21,
      needed: 3,
      pairs: empty ? 0 : three ? 3 : 58,
      same: empty || three ? null : 0.72,
      within_one: empty || three ? null : 0.96,
      kappa: empty || three ? null : 0.71,
      kappa_rough: false,
      band: empty || three ? null : 1,
    },
    calibration: empty
      ? []
      : [
          {
            signal: null,
            against: 'second',
            sentence:
              'Your first grades are 0.2 levels higher than your own after the model answer: higher in 31 %, lower in 14 % of 240 levels.',
            takes: 80,
            pairs: 240,
            mean: 0.2,
            higher: 74,
            lower: 34,
          },
          {
            signal: null,
            against: 'peer',
            sentence:
              'Your first grades are 0.5 levels higher than somebody else’s: higher in 50 %, lower in 8 % of 12 levels.',
            takes: 4,
            pairs: 12,
            mean: 0.5,
            higher: 6,
            lower: 1,
          },
          {
            signal: 'Go depth',
            against: 'second',
            sentence: '',
            takes: 80,
            pairs: 80,
            mean: 0.3,
            higher: 30,
            lower: 9,
          },
        ],
    gains: [
      {
        name: 'The same prompt again',
        sentence: '+0.6 levels on average over 24 pairs, within your grading noise.',
        pairs: 24,
        mean: 0.6,
      },
      {
        name: 'Another prompt on the same skill',
        sentence: '2 of 3 pairs: too few to tell.',
        pairs: 2,
        mean: null,
      },
    ],
    weeks: shown.map((point, n) => ({
      monday: point.day,
      when: point.when,
      seconds: 3600 + wobble(n, 2400),
      takes: 12,
    })),
  };
}

export function facts(mood: string): FactView[] {
  const fact = (name: string, unit: string, value: number, spread: number): FactView => ({
    name,
    about: 'Made up for this stand-in.',
    typical: mood === 'three' ? null : `${value}${unit}, half of the time around it`,
    unit,
    low: mood === 'three' ? null : value - spread / 2,
    high: mood === 'three' ? null : value + spread / 2,
    by_week: mood !== 'three',
    points: Array.from({ length: mood === 'three' ? 3 : 40 }, (_, n) => ({
      day: monday(n),
      when: said(monday(n)),
      value: value + wobble(n, spread),
      says: `${(value + wobble(n, spread)).toFixed(1)}${unit}`,
      takes: 12,
    })),
  });
  return [
    fact('First word after', ' s', 1.4, 0.5),
    fact('Time spent speaking', ' %', 74, 6),
    fact('Longest pause', ' s', 2.1, 0.8),
    fact('Syllables a second', '', 4.3, 0.3),
  ];
}

export function readiness(mood: string): ReadinessView {
  const empty = mood === 'empty';
  return {
    packs,
    pack,
    target: 'senior',
    overview: empty
      ? 'Nothing on this list has been tried yet. Each line says what it rests on; start with any of it.'
      : '1 of 2 lines are ready. Of what the others rest on: 1 untested, 1 below the target.',
    interview: empty ? null : '2026-12-07',
    minutes_a_day: 30,
    plan_sentence: empty
      ? 'Set the day of your interview in Settings, and the days until then are planned here.'
      : 'A plan for the 11 days that are left, the last one free, within 30 minutes a day.',
    lines: [
      {
        title: 'Explain the scheduler, the collector and the memory model from memory',
        about_html: '<p>Each in three minutes, without notes.</p>',
        ready: !empty,
        standing: empty ? '0 of 1 ready, 1 untested' : '1 of 1 ready',
        evidence: [
          {
            of: 'gmp-model',
            stage: false,
            title: 'How goroutines reach threads',
            shows: empty ? 'untested' : 'ready',
            latest: empty ? null : 'Senior, 5 days ago',
            take: empty ? null : 'take-1',
            minutes: 4,
          },
        ],
      },
      {
        title: 'Take any design prompt from requirements to trade-offs',
        about_html: '<p>Requirements, estimates, a diagram, one deep dive.</p>',
        ready: false,
        standing: empty ? '0 of 2 ready, 2 untested' : '0 of 2 ready, 1 below, 1 untested',
        evidence: [
          {
            of: 'system-design/deep-dive',
            stage: true,
            title: 'System design › Deep dive',
            shows: empty ? 'untested' : 'below',
            latest: empty ? null : 'Mid, yesterday',
            take: empty ? null : 'take-1',
            minutes: 15,
          },
          {
            of: 'capacity-estimation',
            stage: false,
            title: 'Estimating capacity',
            shows: 'untested',
            latest: null,
            take: null,
            minutes: 5,
          },
        ],
      },
    ],
    days: empty
      ? []
      : [
          {
            day: '2026-11-26',
            when: 'Today',
            minutes: 23,
            steps: [
              {
                of: 'system-design/deep-dive',
                stage: true,
                title: 'System design › Deep dive',
                minutes: 18,
                rerun: true,
                reason:
                  'Your weakest stage of yesterday’s System design: Mid on Failure thinking, target Senior.',
              },
              {
                of: 'capacity-estimation',
                stage: false,
                title: 'Estimating capacity',
                minutes: 5,
                rerun: false,
                reason:
                  'Never tried. “Take any design prompt from requirements to trade-offs” rests on it.',
              },
            ],
          },
        ],
  };
}
