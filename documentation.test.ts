import { globSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = import.meta.dirname;
const pages = globSync(
  ['*.md', 'docs/**/*.md', '{apps,libs,services,tools,bench,examples}/*/README.md', 'bench/*.md'],
  {
    cwd: root,
    exclude: ['**/node_modules/**', '**/dist/**'],
  },
).toSorted();

interface Link {
  readonly path: string;
  readonly anchor: string | undefined;
}

/** The links of a page to files of the repository. Code is no text. */
function listLinks(page: string): Link[] {
  const text = readFileSync(resolve(root, page), 'utf8')
    .replaceAll(/^```[\s\S]*?^```/gm, '')
    .replaceAll(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z][a-z+.-]*:/i.test(target))
    .map((target) => {
      const [path = '', anchor] = target.split('#');
      return { path: path === '' ? resolve(root, page) : resolve(root, dirname(page), decodeURI(path)), anchor };
    });
}

/** The anchors of a page's headings, as GitHub makes them. */
function listAnchors(path: string): string[] {
  return [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

it.each(pages)('%s links to files and headings that there are', (page) => {
  const broken = listLinks(page).filter(({ path, anchor }) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return true;
    return anchor !== undefined && found.isFile() && path.endsWith('.md') && !listAnchors(path).includes(anchor);
  });
  expect(broken).toEqual([]);
});

it('README.md leads to every guide', () => {
  const linked = new Set(listLinks('README.md').map(({ path }) => path));
  const guides = pages.filter((page) => page.startsWith('docs/guides/'));
  expect(guides.filter((guide) => !linked.has(resolve(root, guide)))).toEqual([]);
});
