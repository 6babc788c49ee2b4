/** Addresses of the screens: the only place that knows how they are written. */
export type PackPage = 'questions' | 'mocks' | 'rubric' | 'checklist';

/** What starts once the microphone is known to work; none for a check alone. */
export type Start =
  | { kind: 'drill'; pack: string; questions: string[] }
  | { kind: 'mock'; pack: string; mock: string; variant: string }
  | { kind: 'rerun'; pack: string; of: string }
  | { kind: 'resume'; session: string };

export type Route =
  | { screen: 'welcome' }
  | { screen: 'today' }
  | { screen: 'packs'; pack: string | null; page: PackPage }
  | { screen: 'import'; into: string | null }
  | { screen: 'editor'; pack: string }
  | { screen: 'mock'; pack: string; mock: string }
  | { screen: 'question'; pack: string; question: string }
  | { screen: 'drill'; pack: string | null }
  | { screen: 'ready'; start: Start | null }
  | { screen: 'interview' }
  | { screen: 'review'; take: string; blind: boolean; at: number | null }
  | { screen: 'compare'; one: string; other: string }
  | { screen: 'scorecard'; session: string }
  | { screen: 'takes' }
  | { screen: 'library' }
  | { screen: 'progress'; pack: string | null; subject: string | null }
  | { screen: 'readiness'; pack: string | null }
  | { screen: 'interviewer' }
  | { screen: 'settings' };

const PAGES: PackPage[] = ['questions', 'mocks', 'rubric', 'checklist'];

function address(parts: string[], query: Record<string, string | undefined> = {}): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => !!pair[1]);
  const tail = given.length > 0 ? `?${new URLSearchParams(given)}` : '';
  return `#/${parts.map(encodeURIComponent).join('/')}${tail}`;
}

export const to = {
  welcome: () => address(['welcome']),
  today: () => address(['today']),
  packs: (pack?: string, page: PackPage = 'questions') =>
    pack ? address(['packs', pack, page]) : address(['packs']),
  import: (into?: string) => address(['import'], { into }),
  editor: (pack: string) => address(['packs', pack, 'edit']),
  mock: (pack: string, mock: string) => address(['packs', pack, 'mocks', mock]),
  question: (pack: string, question: string) => address(['packs', pack, 'questions', question]),
  drill: (pack?: string) => address(['drill'], { pack }),
  ready: (start: Start | null = null) => address(['ready'], startQuery(start)),
  interview: () => address(['interview']),
  /** `at`: the moment to go to, in seconds. */
  review: (take: string, blind = false, at: number | null = null) =>
    address(['review', take], { blind: blind ? '1' : '', at: at === null ? '' : `${at}` }),
  compare: (one: string, other: string) => address(['compare', one, other]),
  scorecard: (session: string) => address(['scorecard', session]),
  takes: () => address(['takes']),
  library: () => address(['library']),
  progress: (pack?: string, subject?: string) => address(['progress'], { pack, look: subject }),
  readiness: (pack?: string) => address(['readiness'], { pack }),
  settings: () => address(['settings']),
};

export function parse(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [screen, ...rest] = path.split('/').filter(Boolean).map(decode);
  const search = new URLSearchParams(query);
  const [first, second, third] = rest;
  switch (screen) {
    case 'packs':
      if (first && second === 'questions' && third)
        return { screen: 'question', pack: first, question: third };
      if (first && second === 'edit') return { screen: 'editor', pack: first };
      if (first && second === 'mocks' && third) return { screen: 'mock', pack: first, mock: third };
      return {
        screen: 'packs',
        pack: first ?? null,
        page: PAGES.find((page) => page === second) ?? 'questions',
      };
    case 'import':
      return { screen, into: search.get('into') };
    case 'ready':
      return { screen, start: readStart(search) };
    case 'review':
      return first
        ? { screen, take: first, blind: search.get('blind') === '1', at: seconds(search.get('at')) }
        : { screen: 'takes' };
    case 'compare':
      return first && second ? { screen, one: first, other: second } : { screen: 'takes' };
    case 'drill':
      return { screen, pack: search.get('pack') };
    case 'progress':
      return { screen, pack: search.get('pack'), subject: search.get('look') };
    case 'readiness':
      return { screen, pack: search.get('pack') };
    case 'scorecard':
      return first ? { screen, session: first } : { screen: 'takes' };
    case 'welcome':
    case 'interview':
    case 'interviewer':
    case 'takes':
    case 'library':
    case 'settings':
      return { screen };
    default:
      return { screen: 'today' };
  }
}

/** A moment in an address; null when it is none. */
function seconds(said: string | null): number | null {
  const at = Number.parseFloat(said ?? '');
  return Number.isFinite(at) && at >= 0 ? at : null;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function startQuery(start: Start | null): Record<string, string | undefined> {
  if (!start) return {};
  if (start.kind === 'resume') return { session: start.session };
  if (start.kind === 'mock') return { pack: start.pack, mock: start.mock, variant: start.variant };
  if (start.kind === 'rerun') return { pack: start.pack, rerun: start.of };
  return { pack: start.pack, questions: start.questions.join(',') };
}

function readStart(search: URLSearchParams): Start | null {
  const [session, pack, mock, of, questions] = [
    'session',
    'pack',
    'mock',
    'rerun',
    'questions',
  ].map((name) => search.get(name) ?? '');
  if (session) return { kind: 'resume', session };
  if (pack && mock) return { kind: 'mock', pack, mock, variant: search.get('variant') ?? '' };
  if (pack && of) return { kind: 'rerun', pack, of };
  if (pack && questions) return { kind: 'drill', pack, questions: questions.split(',') };
  return null;
}
