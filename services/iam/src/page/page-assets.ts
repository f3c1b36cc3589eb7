import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { packagePath } from '@plinth/common';
import { makeAccents } from './brand-colour.ts';

/** A file that pages load. */
export interface PageAsset {
  /** Its name has a hash of its content, so that browsers may keep it for ever. */
  readonly path: string;
  readonly type: string;
  readonly content: string;
}

export interface PageAssets {
  readonly style: PageAsset;
  readonly script: PageAsset;
}

const folder = '/sign-in/assets';

/** Loads the style sheet, with the operator's colour, and the script for passkeys. */
export async function loadPageAssets(brandColour: string): Promise<PageAssets> {
  const [style, script] = await Promise.all(
    ['assets/page.css', 'assets/passkey.js'].map((path) => readFile(packagePath(import.meta.url, path), 'utf8')),
  );
  const { light, dark } = makeAccents(brandColour);
  const accents = `:root{--accent:${light}}@media (prefers-color-scheme:dark){:root{--accent:${dark}}}\n`;
  return {
    style: name('page', 'css', 'text/css; charset=utf-8', style! + accents),
    script: name('passkey', 'js', 'text/javascript; charset=utf-8', script!),
  };
}

function name(stem: string, extension: string, type: string, content: string): PageAsset {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  return { path: `${folder}/${stem}-${hash}.${extension}`, type, content };
}
