/** The other side of `Child`: answers each question; ends the process when the parent lets go of it or is gone. */
export function answerParent<Question>(
  answer: (question: Question) => Promise<unknown>,
  stop: () => Promise<unknown>,
): void {
  process.on('message', (question) => {
    answer(question as Question).then(
      (value) => process.send?.({ answer: value }),
      (error: unknown) =>
        process.send?.({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.once('disconnect', () => void stop().finally(() => process.exit()));
  // Ctrl-C reaches the whole group; the parent cleans up and then lets go.
  process.on('SIGINT', () => {});
}
