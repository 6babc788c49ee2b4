import type { GradeInput, Interview, InterviewerView } from '../generated';
import { peer, revealed, title } from './library';
import { rubric } from './rubric';

const graded = new Map<string, string[]>();

export function interviewer(interview: Interview | null): InterviewerView {
  const after = interview && ['between', 'over', 'paused'].includes(interview.phase);
  const take = after ? interview.take : null;
  return {
    interview,
    sealed: interview ? revealed : null,
    signals: interview ? rubric : [],
    take,
    take_title: take ? title(take) : '',
    graded_by: take ? (graded.get(take) ?? []) : [],
  };
}

export function peerGrade(
  interview: Interview | null,
  take: string,
  name: string,
  grade: GradeInput,
): InterviewerView {
  peer(take, name, grade);
  graded.set(take, [...(graded.get(take) ?? []), name]);
  return interviewer(interview);
}
