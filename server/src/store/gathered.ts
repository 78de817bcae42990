/**
 * Gathers what is asked one by one into one question at a time: all that was asked within a turn of the event loop, or
 * while the last question was under way. Each asker gets its own answer. `ask` answers as many as it was asked, in
 * their order; its failure is everybody's in that question.
 */
export function gathered<Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
  atMost: number,
): (question: Question) => Promise<Answer> {
  interface Waiting {
    readonly question: Question;
    readonly resolve: (answer: Answer) => void;
    readonly reject: (error: unknown) => void;
  }
  const waiting: Waiting[] = [];
  let asking = false;

  const settle = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const answers = await ask(group.map(({ question }) => question));
      if (answers.length !== group.length)
        throw new Error(`${group.length} asked, ${answers.length} answered`);
      for (const [index, answer] of answers.entries()) group[index]?.resolve(answer);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };
  const askAll = async (): Promise<void> => {
    while (waiting.length > 0) await settle(waiting.splice(0, atMost));
    asking = false;
  };
  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (asking) return;
      asking = true;
      setImmediate(() => void askAll());
    });
}
