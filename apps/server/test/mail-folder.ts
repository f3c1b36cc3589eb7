import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@plinth/testing';

/** The token of an invitation, out of the folder that a platform without a mail server writes its mails to. */
export function invitationTo(mails: string, email: string): Promise<string> {
  return eventually(async () => {
    for (const file of await readdir(mails).catch(() => [])) {
      const text = (await readFile(join(mails, file), 'utf8')).replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=');
      const token = /sign-in\/invitation\?token=([\w-]+)/.exec(text)?.[1];
      if (text.includes(email) && token !== undefined) return token;
    }
    return undefined;
  });
}
