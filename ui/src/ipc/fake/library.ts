/** Takes, notes and grades of the fake; changes live until the page is loaded again. */
import type {
  DeliveryView,
  GradeInput,
  GradeView,
  NoteView,
  Revealed,
  TakeRow,
  TakesPage,
  TakesWish,
  TakeView,
} from '../generated';
import { asked } from './packs';
import { padText } from './pad';
import { rubric } from './rubric';
import { anchors } from './compare';
import { pausesIn } from './sound';

export interface Kept {
  row: TakeRow;
  question: string;
  notes: NoteView[];
  grades: GradeView[];
  revealed: boolean;
  /** By key point. */
  moments: (number | null)[];
}

const take = (
  id: string,
  question: string,
  title: string,
  place: string,
  when: string,
  seconds: number,
  more: Partial<TakeRow> = {},
): Kept => ({
  row: {
    id,
    title,
    place,
    when,
    seconds,
    ended: 'finished',
    grade: null,
    notes: 0,
    kept: false,
    sound_deleted: false,
    ...more,
  },
  question,
  notes: [],
  grades: [],
  revealed: false,
  moments: [null, null, null, null, null],
});

const dual = 'The commit succeeds, the publish fails';
const design = 'System design · Deep dive';

const kept: Kept[] = [
  take('t9', 'dual-writes', dual, design, 'today 19:42', 494, { ended: 'time_up' }),
  take(
    't8',
    'goroutine-leaks',
    'A channel nobody reads any more',
    'Go runtime',
    'today 19:30',
    171.4,
  ),
  take('t7', 'gmp-model', 'What P is for, between G and M', 'Go runtime', 'today 19:21', 158, {
    grade: 'Mid to Senior',
  }),
  take('t6', 'dual-writes', dual, design, 'yesterday 20:15', 900, {
    ended: 'time_up',
    grade: 'Mid',
  }),
  take(
    't5',
    'offset-commits',
    'Committing offsets: before or after the work',
    'Messaging',
    'yesterday 19:58',
    132,
    { grade: 'Mid' },
  ),
  take('t4', 'dual-writes', dual, 'Messaging', '19 Nov 19:12', 177, { grade: 'Junior to Mid' }),
  take('t3', 'buffered-vs-unbuffered', 'What a buffer changes', 'Go runtime', '18 Nov 18:40', 44, {
    ended: 'interrupted',
  }),
  take('t2', 'buffered-vs-unbuffered', 'What a buffer changes', 'Go runtime', '18 Nov 18:36', 165, {
    grade: 'Senior',
  }),
];

/** An hour in one take, with everything that can be marked in it. */
kept.push(
  take('hour', 'dual-writes', dual, 'System design · Whole hour', '12 Nov 20:00', 3600, {
    ended: 'time_up',
    grade: 'Mid',
  }),
);

const graded = kept[3];
if (graded) {
  graded.revealed = true;
  graded.grades = [
    {
      kind: 'first',
      by: null,
      when: 'yesterday 20:31',
      levels: {
        'failure-thinking': 'mid',
        'system-design': 'senior',
        'trade-offs': 'senior',
        communication: 'senior',
      },
      heard: [],
      missed: [],
      flags: [],
    },
  ];
}
const hourMarks: TakeView['marks'] = [
  { at_s: 1210, kind: 'probe', label: 'probe 3' },
  { at_s: 1216, kind: 'probe', label: 'probe 4' },
  { at_s: 1804.5, kind: 'gap', label: '0.4 s lost' },
];

const notes: [string, number | null, string][] = [
  ['hour', 605, 'Numbers at last: ten thousand orders a minute'],
  ['hour', 2412, 'Drew the outbox before saying why'],
  ['t9', null, 'Calmer than last time.'],
  ['t9', 58, 'Started with the fix before naming the problem'],
  ['t9', 226, 'Good: “at-least-once plus idempotent is the deal”'],
  ['t9', 319, 'Lost the thread, 4 s silence, then repeated myself'],
  ['t6', 96, 'Said “queue” four times and never which one'],
];
let counter = 0;
for (const [id, at, text] of notes) addNote(id, at, text);

export const revealed: Revealed = {
  answer: [
    {
      heading: 'Definition',
      html: '<p>Two systems cannot commit together without a protocol between them. Writing to both, one after the other, is a <strong>dual write</strong>: sooner or later one of the two happens and the other does not.</p>',
    },
    {
      heading: 'Mechanism',
      html: '<p>I write the event as a row into an <code>outbox</code> table, in the same transaction as the order. A relay reads the rows in order, publishes, and marks or deletes what it has sent. The database is the one place where both facts are true or neither.</p><pre><code class="language-sql">BEGIN;\nINSERT INTO orders ...;\nINSERT INTO outbox (topic, key, payload) VALUES (...);\nCOMMIT;</code></pre>',
    },
    {
      heading: 'Trade-off',
      html: '<p>The relay may die between publish and mark, so every event can arrive twice, and the consumer must recognise it. See <a href="https://www.postgresql.org/docs/current/logicaldecoding.html">logical decoding</a> for a relay without polling.</p>',
    },
  ],
  key_points: [
    'Two systems cannot commit atomically: name the dual write',
    'Order row and event row in one transaction',
    'A relay or CDC publishes; marks or deletes what it sent',
    'The relay dies half-way: duplicates, so consumers deduplicate',
    'Dedup rows expire later than the longest redelivery',
  ],
  red_flags: [
    'Publishes first, “then at least nobody misses it”',
    'Calls it exactly-once and stops there',
  ],
  probes: [
    {
      question_html: 'Who deletes the dedup rows, and when?',
      reply_html: 'A job, later than the longest time a message can be redelivered.',
    },
    {
      question_html: 'What does the consumer see when the relay is slow?',
      reply_html: 'A growing lag; alert on the age of the oldest unsent row.',
    },
  ],
  sources: [
    {
      title: 'PostgreSQL: Logical Decoding',
      url: 'https://www.postgresql.org/docs/current/logicaldecoding.html',
    },
  ],
};

export function find(id: string): Kept | undefined {
  return kept.find((one) => one.row.id === id);
}

const gone: Kept[] = [];

export const rows = (): TakeRow[] => kept.map((one) => ({ ...one.row, notes: one.notes.length }));

export function keep(id: string, forEver: boolean): null {
  const one = find(id);
  if (one) one.row = { ...one.row, kept: forEver };
  return null;
}

/** Deletes a take, or its sound alone. */
export function remove(id: string, soundOnly: boolean): TakeRow | null {
  const at = kept.findIndex((one) => one.row.id === id);
  const one = kept[at];
  if (!one) return null;
  if (soundOnly) one.row = { ...one.row, sound_deleted: true };
  else gone.push(...kept.splice(at, 1));
  return one.row;
}

export function bringBack(id: string): boolean {
  const at = gone.findIndex((one) => one.row.id === id);
  kept.unshift(...(at < 0 ? [] : gone.splice(at, 1)));
  const one = find(id);
  if (one) one.row = { ...one.row, sound_deleted: false };
  return one !== undefined;
}

export function page({ words, ungraded, most }: TakesWish): TakesPage {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = rows().filter((row) => {
    const said = `${row.title} ${row.place} ${row.when} ${row.grade ?? ''}`.toLowerCase();
    return (!ungraded || row.grade === null) && wanted.every((word) => said.includes(word));
  });
  return { rows: found.slice(0, most), found: found.length };
}

/** Takes that belong to a session with a scorecard. */
const scored = new Set(['t9', 't7', 't6']);

export const title = (id: string): string => find(id)?.row.title ?? '';

export function add(
  question: string,
  seconds: number,
  ended: TakeRow['ended'],
  hasScorecard = false,
): string {
  const id = `new${++counter}`;
  if (hasScorecard) scored.add(id);
  const title = asked(question).title;
  kept.unshift(take(id, question, title, 'Go runtime', 'just now', seconds, { ended }));
  return id;
}

export function view(id: string, blind: boolean): TakeView | null {
  const one = find(id);
  if (!one) return null;
  const has = (kind: GradeView['kind']) => one.grades.some((grade) => grade.kind === kind);
  return {
    row: { ...one.row, notes: one.notes.length },
    asked: asked(one.question),
    target: 'senior',
    signals: rubric,
    marks: marksOf(one.row),
    notes: notesOf(one),
    grades: blind ? [] : one.grades,
    next_grade: !has('first') ? 'first' : !has('second') ? 'second' : 'later',
    revealed: one.revealed && !blind ? revealed : null,
    others: takesOf(one.question)
      .filter((row) => row.id !== id)
      .reverse(),
    remarks:
      one.row.ended === 'interrupted'
        ? ['The app was ended while this take was recorded; it was repaired.']
        : [],
    has_sound: !one.row.sound_deleted,
    blind,
    next_take:
      (scored.has(id) &&
        kept.find((other) => other !== one && scored.has(other.row.id) && other.grades.length === 0)
          ?.row.id) ||
      null,
    session: 's',
    has_scorecard: scored.has(id),
    difference: [],
    delivery: delivery(one.row),
    pad_text: id === 't8' ? padText : null,
    siblings: one.question === 'dual-writes' && !blind ? takesOf('offset-commits').reverse() : [],
    anchors: anchors.filter((anchor) => rubric.some(({ id }) => id === anchor.signal)),
    key_point_moments: one.revealed && !blind ? one.moments : [],
  };
}

const takesOf = (question: string): TakeRow[] =>
  kept.filter((one) => one.question === question).map((one) => one.row);

export const notesOf = (one: Pick<Kept, 'notes'>): NoteView[] =>
  [...one.notes].sort((a, b) => (a.at_s ?? -1) - (b.at_s ?? -1));

export const marksOf = ({ id, seconds }: TakeRow): TakeView['marks'] =>
  seconds > 300
    ? [
        { at_s: 100, kind: 'probe', label: 'probe 1' },
        { at_s: 301, kind: 'probe', label: 'probe 2' },
        ...(id === 'hour' ? hourMarks : []),
        { at_s: seconds - 60, kind: 'one_minute', label: 'one minute left' },
        { at_s: seconds - 0.2, kind: 'time_up', label: 'time up' },
      ]
    : [{ at_s: seconds * 0.6, kind: 'probe', label: 'probe 1' }];

/** A take repaired after a crash was not measured. */
export function delivery({ id, seconds, ended }: TakeRow): DeliveryView | null {
  if (ended === 'interrupted') return null;
  const pauses = pausesIn(id, seconds, 0.25);
  const long = pauses.filter(({ from_s, to_s }) => to_s - from_s >= 1);
  const longest = Math.max(0, ...pauses.map(({ from_s, to_s }) => to_s - from_s));
  const row = (name: string, about: string, now: string, typical: string, usual?: string) => ({
    name,
    about,
    this: now,
    typical,
    usual: usual ?? null,
  });
  return {
    rows: [
      row('First word after', 'Seconds to the first speech.', '1.1 s', '1.4 s'),
      row('Pauses over 1 s', 'Silences of a second or more.', `${long.length}`, '8'),
      row('Longest pause', 'The longest silence.', `${longest.toFixed(1)} s`, '3.0 s'),
      row('Syllables a second', 'Articulation rate.', '4.3', '4.1', '3.5 to 5.5'),
    ],
    long_pauses: long.slice(0, 6).map(({ from_s, to_s }) => ({
      at_s: from_s,
      label: `${(to_s - from_s).toFixed(1)} s of silence`,
    })),
    warnings: [],
    clipped: 0,
    pauses,
    pause_ms: 250,
  };
}

export function addNote(id: string, at_s: number | null, text: string): NoteView {
  const note = { id: `n${++counter}`, at_s, text };
  find(id)?.notes.push(note);
  return note;
}

const binned = new Map<string, [Kept, NoteView]>();

export function editNote(id: string, text: string): NoteView {
  const note = kept.flatMap((one) => one.notes).find((one) => one.id === id);
  if (note) note.text = text;
  return note ?? { id, at_s: null, text };
}

export function deleteNote(id: string): null {
  for (const one of kept) {
    const note = one.notes.find((other) => other.id === id);
    if (note) binned.set(id, [one, note]);
    one.notes = one.notes.filter((other) => other.id !== id);
  }
  return null;
}

export function restoreNote(id: string): NoteView | null {
  const found = binned.get(id);
  found?.[0].notes.push(found[1]);
  return found?.[1] ?? null;
}

export function grade(id: string, given: GradeInput, blind: boolean): TakeView | null {
  const one = find(id);
  if (!one) return null;
  const kind = blind ? 'later' : (view(id, false)?.next_grade ?? 'first');
  one.grades.push({
    kind,
    by: null,
    when: 'just now',
    levels: given.levels,
    heard: revealed.key_points.filter((_, i) => given.heard.includes(i)),
    missed: kind === 'first' ? [] : revealed.key_points.filter((_, i) => !given.heard.includes(i)),
    flags: revealed.red_flags.filter((_, i) => given.flags.includes(i)),
  });
  one.row.grade = 'Mid to Senior';
  const now = view(id, false);
  return now && blind
    ? {
        ...now,
        difference: [
          'Failure thinking: Mid then, Senior now.',
          'Trade-offs: Senior then, Mid now.',
        ],
      }
    : now;
}

export function peer(id: string, name: string, given: GradeInput) {
  find(id)?.grades.push({
    kind: 'peer',
    by: name,
    when: 'just now',
    levels: given.levels,
    heard: [],
    missed: [],
    flags: [],
  });
}

export function reveal(id: string): TakeView | null {
  const one = find(id);
  if (one) one.revealed = true;
  return view(id, false);
}
