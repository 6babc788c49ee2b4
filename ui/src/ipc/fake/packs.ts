/** A pack in the shape of the shipped one, much smaller. */
import type { Asked, Depth, MockCard, PackView, QuestionRow, QuestionView } from '../generated';
import { rows } from './library';
import { mocks } from './mocks';
import { rubric } from './rubric';

const line = (
  id: string,
  title: string,
  depth: Depth,
  takes = 0,
  last_level: QuestionRow['last_level'] = null,
  minutes = 3,
): QuestionRow => ({ id, title, depth, kind: 'concept', minutes, signals: [], takes, last_level });

const sections: PackView['sections'] = [
  {
    id: 'go-runtime',
    title: 'Go runtime',
    about_html:
      '<p>What the scheduler, the collector and the memory model do while your code believes it is alone.</p>',
    groups: [
      {
        id: 'scheduler',
        title: 'Scheduler',
        questions: [
          line('gmp-model', 'What P is for, between G and M', 'core', 2, 'mid'),
          line(
            'blocking-syscalls',
            'A goroutine enters a blocking system call',
            'core',
            1,
            'senior',
          ),
          line('preemption', 'A tight loop that never calls anything', 'senior'),
          line('tail-latency', 'Tail latency on a machine with idle cores', 'staff', 0, null, 5),
        ],
      },
      {
        id: 'channels',
        title: 'Channels and select',
        questions: [
          line('buffered-vs-unbuffered', 'What a buffer changes', 'core', 3, 'senior'),
          line(
            'nil-and-closed-channels',
            'Closing a channel that a select loop reads',
            'core',
            1,
            'mid',
          ),
          line('goroutine-leaks', 'A channel nobody reads any more', 'senior'),
        ],
      },
    ],
  },
  {
    id: 'postgresql',
    title: 'PostgreSQL',
    about_html: '<p>Plans, locks and isolation levels, as they show at three in the morning.</p>',
    groups: [
      {
        id: 'isolation',
        title: 'Isolation and locks',
        questions: [
          line(
            'serializable-retries',
            'When SERIALIZABLE is worth its retries',
            'senior',
            1,
            'mid',
          ),
          line('write-skew', 'Two doctors go off call at once', 'senior'),
        ],
      },
      {
        id: 'plans',
        title: 'Reading plans',
        questions: [line('reading-explain', 'A plan with one bad estimate', 'core')],
      },
    ],
  },
  {
    id: 'messaging',
    title: 'Messaging',
    about_html:
      '<p>From the commit in the database to the charged card, and what happens twice on the way.</p>',
    groups: [
      {
        id: 'delivery',
        title: 'Delivery',
        questions: [
          line('offset-commits', 'Committing offsets: before or after the work', 'core', 1, 'mid'),
          line('dual-writes', 'The commit succeeds, the publish fails', 'senior', 3, 'mid'),
          line(
            'kafka-exactly-once',
            'What exactly-once covers, and what it does not',
            'staff',
            0,
            null,
            5,
          ),
        ],
      },
    ],
  },
];

export function packs(): PackView[] {
  return [
    {
      id: 'senior-go-backend',
      title: 'Senior Go Backend',
      about_html:
        '<p>For backend engineers with about five years behind them who are two weeks away from interviews: event-driven Go services, PostgreSQL and MongoDB, Kafka, AWS and Kubernetes.</p>',
      target: 'senior',
      licence: 'CC BY 4.0',
      personal: false,
      hidden: 0,
      sections,
      mocks,
      rubric,
      rubric_about_html:
        '<p>Each take is graded on the signals its question exercises, one level at a time, by what was heard and not by what was meant. Between two levels, take the lower one and write down what was missing for the higher.</p>',
      checklist: [
        {
          title: 'Explain the scheduler, the collector and the memory model from memory',
          about_html:
            '<p>Each in three minutes, without notes, with the way it fails in production.</p>',
          evidence: 7,
          tried: 3,
        },
        {
          title: 'Reason about delivery and idempotency from producer to side effect',
          about_html:
            '<p>Start at the database commit and end at the charged card. At every hop say what happens when it runs twice.</p>',
          evidence: 8,
          tried: 2,
        },
        {
          title: 'Have six to eight stories ready, told in your own words',
          about_html: '<p>Two minutes each, with a number in every one.</p>',
          evidence: 6,
          tried: 0,
        },
      ],
    },
  ];
}

const prompts: Record<string, string> = {
  'goroutine-leaks':
    '<p>A goroutine is blocked on a channel nobody reads any more. How would you notice it in production, and how would you write the code so that it cannot happen?</p>',
  'dual-writes':
    '<p>Your order service commits to PostgreSQL and then publishes an event. The commit succeeds, the publish fails. Now what?</p>',
  'bounded-pool':
    '<p>Write <code>RunAll(ctx context.Context, jobs []Job, limit int) error</code>. It runs every job, at most <code>limit</code> at a time, and returns the first error it meets. Once a job has failed or the context is done, no further job begins, and <code>RunAll</code> returns only when nothing of it runs any more.</p><pre><code class="language-go">type Job func(context.Context) error</code></pre><p>Say first what you will not handle. Then write, and talk while you write. In the last two minutes, read it once more as a reviewer would and name what you would test.</p>',
  'nil-and-closed-channels':
    '<p>A <code>select</code> loop reads from two channels and one of them gets closed. What happens next, and how do you write the loop so that it stays correct?</p>',
};

const all = sections.flatMap((section) =>
  section.groups.flatMap((group) =>
    group.questions.map((question) => ({ question, place: `${section.title} · ${group.title}` })),
  ),
);

export function asked(id: string): Asked {
  const row = all.find(({ question }) => question.id === id)?.question;
  const title = row?.title ?? 'A question';
  return {
    id,
    title,
    prompt_html:
      prompts[id] ?? `<p>${title}: what happens, why, and how would you see it in production?</p>`,
    depth: row?.depth ?? null,
    kind: 'concept',
    minutes: row?.minutes ?? 3,
    signals: ['Go depth', 'Failure thinking', 'Communication'],
  };
}

export function questionView(id: string): QuestionView | null {
  const at = all.findIndex(({ question }) => question.id === id);
  const here = all[at];
  if (!here) return null;
  return {
    pack: 'senior-go-backend',
    asked: asked(id),
    place: here.place,
    takes: rows()
      .filter((row) => row.title === here.question.title)
      .slice(0, here.question.takes),
    previous: all[at - 1]?.question.id ?? null,
    next: all[at + 1]?.question.id ?? null,
  };
}

export const mockOf = (id: string): MockCard | undefined => mocks.find((mock) => mock.mock === id);
