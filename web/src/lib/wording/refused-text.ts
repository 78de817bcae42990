/** Why the server did not take what somebody wrote in a document, by the code of the guard. */
const WHY: Readonly<Record<string, string>> = {
  'too-big': 'It was more than fits into one edit. Put it in again in parts.',
  'too-many-structs': 'It was more than fits into one edit. Put it in again in parts.',
  'document-full':
    'What is written there is as long as it may be. Put it elsewhere, or shorten what is there.',
  locked:
    'The plans of that change are locked: a standard change keeps those of its template, and from when a change is carried out they stay as they were approved. Say it in a task, or in a change of its own.',
  'read-only': 'You could not write there any more.',
  'client-id-bound':
    'It came as if somebody else had written it. Reload the page before you put it in again.',
  pending: 'It built on words that the server does not have. Put it in again where it belongs.',
  damaged: 'What is stored there is damaged, so that nothing can be added. Tell an administrator.',
  'not-stored': 'The server could not store it. Put it in again.',
};

/** One sentence or two; what the guard refuses of odd programs is one thing to people. */
export function refusedTextWords(code: string): string {
  return (
    WHY[code] ?? 'It was not what Muster writes there: another program, or an old page, may have made it.'
  );
}
