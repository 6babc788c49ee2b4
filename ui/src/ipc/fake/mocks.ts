import type { MockCard } from '../generated';

const pack = 'senior-go-backend';
const variants = (done: number): MockCard['variants'] =>
  ['A: orders', 'B: subscriptions', 'C: deliveries'].map((title, i) => ({
    id: title.slice(0, 1).toLowerCase(),
    title,
    just_done: i === done,
    suggested: i === (done + 1) % 3,
  }));

export const mocks: MockCard[] = [
  {
    pack,
    mock: 'phone-screen',
    title: 'Technical phone screen',
    about_html:
      '<p>A colleague from the team asks short questions and goes on as soon as they know enough. Stand up, close your editor, and answer the way you would on the phone.</p>',
    minutes: 45,
    stages: [
      { title: 'Introduction', minutes: 5, prompts: 1 },
      { title: 'Go fundamentals', minutes: 12, prompts: 4 },
      { title: 'Scenarios', minutes: 13, prompts: 3 },
      { title: 'A small program', minutes: 10, prompts: 1 },
      { title: 'Your questions', minutes: 5, prompts: 1 },
    ],
    variants: variants(0),
    last: '3 days ago',
  },
  {
    pack,
    mock: 'system-design',
    title: 'System design',
    about_html: '<p>One problem, an hour, and you lead. The interviewer interrupts.</p>',
    minutes: 60,
    stages: [
      { title: 'Requirements', minutes: 8, prompts: 1 },
      { title: 'Estimation', minutes: 7, prompts: 1 },
      { title: 'High-level design', minutes: 15, prompts: 1 },
      { title: 'Deep dive', minutes: 20, prompts: 2 },
      { title: 'Bottlenecks', minutes: 10, prompts: 1 },
    ],
    variants: variants(1),
    last: 'yesterday',
  },
  {
    pack,
    mock: 'behavioural',
    title: 'Behavioural',
    about_html: '<p>Stories about work, told to somebody who was not there.</p>',
    minutes: 45,
    stages: [
      { title: 'Opening', minutes: 5, prompts: 1 },
      { title: 'Stories', minutes: 30, prompts: 5 },
      { title: 'Your questions', minutes: 10, prompts: 1 },
    ],
    variants: variants(-1),
    last: 'never tried',
  },
];
