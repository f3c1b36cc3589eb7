/** One call of a faked contract. */
export interface RecordedCall {
  readonly service: string;
  readonly procedure: string;
  readonly input: unknown;
}

/** Wraps a service's contract functions so that each call is noted in `calls` before it is answered. */
export function recordCalls<Functions extends object>(
  service: string,
  functions: Functions,
  calls: RecordedCall[],
): Functions {
  return new Proxy(functions, {
    get(target, procedure) {
      const answer: unknown = Reflect.get(target, procedure);
      if (typeof answer !== 'function' || typeof procedure !== 'string') return answer;
      return (input: unknown): unknown => {
        calls.push({ service, procedure, input });
        return (answer as (input: unknown) => unknown).call(target, input);
      };
    },
  });
}
