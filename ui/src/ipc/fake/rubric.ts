import { type Level, type SignalView } from '../generated';

const order: Level[] = ['junior', 'mid', 'senior', 'staff'];
const signal = (id: string, name: string, texts: string[], behavioural = false): SignalView => ({
  id,
  name,
  behavioural,
  levels: order.map((level, i) => ({ level, text_html: texts[i] ?? '' })),
});

export const rubric: SignalView[] = [
  signal('failure-thinking', 'Failure thinking', [
    'Describes the day on which everything answers.',
    'Handles the errors that a function returns. Timeouts and retries come up when asked.',
    'Designs for retries, duplicates, partial failure and slow dependencies from the first sketch, and says how one would notice each in production.',
    'Finds the failure nobody mentioned and bounds its damage before it is found by a customer.',
  ]),
  signal('system-design', 'System design', [
    'Lists components by product name.',
    'Connects the components into a flow that works on a good day.',
    'Leads from requirements through estimates to a design whose hard part is named and solved.',
    'Designs for how the system and its teams will change, and says what should not be built yet.',
  ]),
  signal('trade-offs', 'Trade-offs', [
    'One option is simply the best one.',
    'Names one advantage and one cost, mostly the textbook pair.',
    'Weighs several options against this situation, chooses, and says what would change the choice.',
    'Sees the second-order effect: what the choice makes easy and hard in a year.',
  ]),
  signal(
    'communication',
    'Communication',
    [
      'The thread is lost at the first follow-up.',
      'Can be followed with some help.',
      'Has a structure that can be followed without notes, and thinks aloud.',
      'Makes the listener think the thought was their own.',
    ],
    true,
  ),
];
