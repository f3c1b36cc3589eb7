import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Problem } from '@plinth/contracts';
import { z } from 'zod';
import { ApiError, PlatformUnreachableError, UnexpectedAnswerError } from '../../api/api.errors.ts';
import { loadApiKey } from '../../api/api-options.ts';
import { findPlatformUrl } from '../../api/find-platform.ts';
import type { CommandContext, CommandInput } from '../../cli/command.ts';
import { renderTable } from '../../cli/table.ts';
import { CallFileError } from './call.errors.ts';
import { buildCallRequest, type CallRequest } from './call-request.ts';
import { listOperations, openApiSchema, type Operation } from './operation-list.ts';

export interface CallOptions {
  readonly body: string | undefined;
  readonly output: string | undefined;
  readonly 'if-match': string | undefined;
  readonly 'idempotency-key': string | undefined;
  readonly 'api-key-file': string | undefined;
  readonly url: string | undefined;
  readonly data: string;
}

/** Calls one operation and prints its answer, or lists the operations that a word is found in. */
export async function callOperation({ options, positionals, context }: CommandInput<CallOptions>): Promise<void> {
  const url = await findPlatformUrl(options);
  const operations = await loadOperations(url, context);
  const [name = '', ...fields] = positionals;
  const operation = operations.find(({ id }) => id === name);
  if (operation === undefined) return printList(operations, name, context);
  const request = buildCallRequest(operation, {
    fields,
    body: await readBody(options.body),
    ifMatch: options['if-match'],
    idempotencyKey: options['idempotency-key'] ?? randomUUID(),
  });
  const key = await readKey(options['api-key-file']);
  const answer = await send(url, request, key, context.stop);
  if (options.output !== undefined) return saveAnswer(options.output, answer, context);
  const content = answer.toString();
  const json = parseJson(content);
  context.output.print({ text: json === undefined ? content : JSON.stringify(json, null, 2), json: json ?? content });
}

async function loadOperations(url: string, context: CommandContext): Promise<Operation[]> {
  const answer = await send(
    url,
    { method: 'GET', path: '/openapi.json', headers: {}, body: undefined },
    undefined,
    context.stop,
  );
  const document = openApiSchema.safeParse(parseJson(answer.toString()));
  if (!document.success)
    throw new UnexpectedAnswerError('GET /openapi.json', z.prettifyError(document.error), document.error);
  return listOperations(document.data);
}

function printList(operations: readonly Operation[], word: string, { output }: CommandContext): void {
  const found = operations.filter(({ id, path, summary }) =>
    `${id} ${path} ${summary}`.toLowerCase().includes(word.toLowerCase()),
  );
  if (found.length === 0) output.note(`No operation has "${word}" in its name, path or summary.`);
  output.print({
    text: renderTable(
      ['operation', 'what it does', 'permission'],
      found.map(({ id, summary, permission = '' }) => [id, summary, permission]),
    ),
    json: found,
  });
}

async function send(
  url: string,
  { method, path, headers, body }: CallRequest,
  key: string | undefined,
  stop: AbortSignal,
): Promise<Buffer> {
  const authorization = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...authorization, ...headers },
    body: body ?? null,
    signal: stop,
  }).catch((error: unknown) => {
    stop.throwIfAborted();
    throw new PlatformUnreachableError(url, error);
  });
  const answer = Buffer.from(await response.arrayBuffer());
  if (!response.ok)
    throw new ApiError(`${method} ${path}`, response.status, (parseJson(answer.toString()) ?? {}) as Partial<Problem>);
  return answer;
}

async function saveAnswer(file: string, answer: Buffer, { output }: CommandContext): Promise<void> {
  await writeFile(file, answer).catch((error: unknown) => {
    throw new CallFileError(`${file} cannot be written.`, 'Name a file in a folder that exists.', error);
  });
  output.print({ text: `${answer.length} bytes written to ${file}`, json: { file, bytes: answer.length } });
}

async function readBody(file: string | undefined): Promise<unknown> {
  if (file === undefined) return undefined;
  const suggestion = 'Name a file with one JSON document, or - for standard input.';
  const content = await (file === '-' ? text(process.stdin) : readFile(file, 'utf8')).catch((error: unknown) => {
    throw new CallFileError(`The body ${file} cannot be read.`, suggestion, error);
  });
  const body = parseJson(content);
  if (body === undefined) throw new CallFileError(`The body ${file} is not JSON.`, suggestion);
  return body;
}

async function readKey(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const suggestion = 'Make an API key, put it into a file and name it with --api-key-file.';
  return loadApiKey(file, (message, cause) => new CallFileError(message, suggestion, cause));
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
