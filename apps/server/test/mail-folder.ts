import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@plinth/testing';

/** The mails in the folder that a platform without a mail server writes them to. */
export async function readMails(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => []);
  // One that is still being written has another ending.
  const whole = files.filter((file) => file.endsWith('.eml'));
  const texts = await Promise.all(whole.map((file) => readFile(join(folder, file), 'utf8')));
  return texts.map((text) => text.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '='));
}

/** The token of an invitation, out of that folder. */
export function invitationTo(mails: string, email: string): Promise<string> {
  return eventually(async () => {
    for (const text of await readMails(mails)) {
      const token = /sign-in\/invitation\?token=([\w-]+)/.exec(text)?.[1];
      if (text.includes(email) && token !== undefined) return token;
    }
    return undefined;
  });
}
