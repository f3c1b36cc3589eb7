import { readFile } from 'node:fs/promises';
import { UsageError } from '../cli/cli.errors.ts';

/** The URL of a platform as `--url` gives it, without a slash at its end. */
export function parsePlatformUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`"${text}" is not the URL of a platform.`, 'Write it as in --url https://plinth.example.com.');
  }
  return url.href.replace(/\/+$/, '');
}

/** The API key in the file that `--api-key-file` names. What is wrong with the file becomes the error of the command. */
export async function loadApiKey(file: string, toError: (message: string, cause?: unknown) => Error): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw toError(`The API key file ${file} cannot be read.`, error);
  });
  if (!/^[\x21-\x7e]+$/.test(text.trim())) throw toError(`${file} does not hold one API key.`);
  return text.trim();
}
