import type { DomainError } from '@plinth/common/errors';

/** Where text goes; a terminal says so. */
export interface TextStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** A result, for people and for programs. */
export interface Result {
  readonly text: string;
  readonly json: unknown;
}

/** Prints results on stdout: text, or exactly one JSON document. */
export class Output {
  readonly #stdout: TextStream;
  readonly #stderr: TextStream;
  readonly isJson: boolean;
  constructor(options: { readonly stdout: TextStream; readonly stderr: TextStream; readonly isJson: boolean }) {
    this.#stdout = options.stdout;
    this.#stderr = options.stderr;
    this.isJson = options.isJson;
  }

  print(result: Result): void {
    this.#stdout.write(`${this.isJson ? JSON.stringify(result.json) : result.text}\n`);
  }

  /** A remark beside the result, on stderr. */
  note(text: string): void {
    this.#stderr.write(`${text}\n`);
  }

  printError(error: DomainError, exitCode: number): void {
    if (this.isJson) this.#stdout.write(`${JSON.stringify({ error: toJson(error, exitCode) })}\n`);
    else this.#stderr.write(`${toText(error)}\n`);
  }
}

function toText(error: DomainError): string {
  // The configuration error's message already holds its faults.
  const faults = (error.faults ?? []).filter(({ path, message }) => !error.message.includes(`${path}: ${message}`));
  return [
    `Error: ${error.message}`,
    ...faults.map(({ path, message }) => `  ${path || '(body)'}: ${message}`),
    ...(error.suggestion === undefined ? [] : [error.suggestion]),
  ].join('\n');
}

function toJson(error: DomainError, exitCode: number): Record<string, unknown> {
  const { code, kind, message, suggestion, faults, details } = error;
  return { code, kind, message, suggestion, faults, details, exitCode };
}
