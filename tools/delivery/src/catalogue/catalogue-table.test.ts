import { expect, it } from 'vitest';
import { catalogue } from './catalogue.ts';
import { renderCatalogueTable } from './catalogue-table.ts';
import { container, entry } from './check-catalogue.builders.ts';

it('lists entries by tier and name, with what one must know before choosing', () => {
  const edge = entry({
    name: 'edge',
    tier: '01',
    provides: [],
    settings: {},
    secrets: [],
    containers: [container({ ports: [] })],
  });
  const text = renderCatalogueTable({
    store: entry({
      backup: { method: 'volume', schedule: '0 3 * * *', keepDays: 14 },
      interfaces: [
        { name: 'web', container: '', port: 8080, host: 'store', ownSignIn: true },
        { name: 'admin', container: '', port: 8080, host: 'store-admin', ownSignIn: false },
      ],
    }),
    edge,
  });
  expect(text.split('\n').filter((line) => line.startsWith('| 0'))).toEqual([
    '| 01 gateway | [edge](https://example.com) | 1.2.3 | MIT | `example/store:1.2.3` | – | own workloads | none: holds nothing |',
    '| 04 data | [store](https://example.com) | 1.2.3 | MIT | `example/store:1.2.3` | 8080 | own workloads | volume, `0 3 * * *`, 14 days |',
  ]);
  expect(text).toContain(
    '- `members` (integer, `3`): number of members\n- secret `password` (generated): password of the superuser\n' +
      '- public host `store`\n- public host `store-admin`, for signed-in staff alone\n',
  );
});

it('has one row for each entry of the catalogue', () => {
  const rows = renderCatalogueTable(catalogue)
    .split('\n')
    .filter((line) => /^\| \d\d /.test(line));
  expect(rows).toHaveLength(Object.keys(catalogue).length);
});
