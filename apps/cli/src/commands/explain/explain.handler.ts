import { ApiClient } from '../../api/api-client.ts';
import { loadApiKey } from '../../api/api-options.ts';
import { findPlatformUrl } from '../../api/find-platform.ts';
import type { CommandInput } from '../../cli/command.ts';
import { exitCodes } from '../../cli/exit-codes.ts';
import { parseQuestion } from './explain-question.ts';
import { ExplainKeyError } from './explain.errors.ts';
import { explanationSchema, renderExplanation } from './render-explanation.ts';

export interface ExplainOptions {
  readonly on: string | undefined;
  readonly 'api-key-file': string | undefined;
  readonly url: string | undefined;
  readonly data: string;
}

/** Asks the platform and prints what it says; resolves to 1 when it is not allowed. */
export async function explain({ options, positionals, context }: CommandInput<ExplainOptions>): Promise<number> {
  const [who = '', permission = ''] = positionals;
  const question = parseQuestion(who, permission, options.on);
  const key = await readKey(options['api-key-file']);
  const client = new ApiClient({
    url: await findPlatformUrl(options),
    headers: { authorization: `Bearer ${key}` },
    stop: context.stop,
  });
  const explanation = await client.call({
    method: 'POST',
    path: '/permissions/explain',
    body: question,
    response: explanationSchema,
  });
  context.output.print({ text: renderExplanation(who, explanation), json: explanation });
  return explanation.allowed ? 0 : exitCodes.failed;
}

async function readKey(file: string | undefined): Promise<string> {
  if (file === undefined) throw new ExplainKeyError('The platform answers only with an API key.');
  return loadApiKey(file, (message, cause) => new ExplainKeyError(message, cause));
}
