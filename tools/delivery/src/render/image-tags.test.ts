import { expect, it } from 'vitest';
import { keepImageTags } from './image-tags.ts';

const list = (...images: readonly [name: string, tag: string][]) =>
  `images:\n${images.map(([name, tag]) => `  - name: ${name}\n    ${tag}\n`).join('')}`;

it('keeps what a pipeline wrote, adds new images and drops those that are gone', () => {
  const rendered = list(
    ['registry/api', "newTag: '1.0.0'"],
    ['registry/new', "newTag: '1.0.0'"],
    ['registry/web', 'newTag: abc'],
  );
  const present = list(
    ['registry/api', 'newTag: 4f2a9c1'],
    ['registry/gone', 'newTag: 1'],
    ['registry/web', 'digest: sha256:00'],
  );
  expect(keepImageTags(rendered, present)).toBe(
    list(
      ['registry/api', 'newTag: 4f2a9c1'],
      ['registry/new', "newTag: '1.0.0'"],
      ['registry/web', 'digest: sha256:00'],
    ),
  );
});

it('keeps the revision by which pipelines know what is deployed', () => {
  const rendered = `# rendered\n${list(['registry/api', "newTag: '1.0.0'"])}`;
  const present = `# rendered\n# revision: 4f2a9c1\n${list(['registry/api', "newTag: '4f2a9c1'"])}`;
  expect(keepImageTags(rendered, present)).toBe(present);
});
