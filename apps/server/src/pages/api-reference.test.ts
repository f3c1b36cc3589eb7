import { expect, test } from 'vitest';
import { escapeHtml } from './html.ts';
import { renderApiReference } from './api-reference.ts';

test('writes text of the document as text, never as HTML', () => {
  const page = renderApiReference({
    tags: [{ name: 'x', description: '<script>alert(1)</script>' }],
    paths: {
      '/x': {
        get: {
          operationId: 'x',
          tags: ['x'],
          summary: '"><img>',
          'x-permission': 'public',
          'x-rate-limit': 1,
          'x-error-codes': [],
          responses: { 200: {} },
        },
      },
    },
  });
  expect(page).not.toContain('<script');
  expect(page).not.toContain('<img');
  expect(escapeHtml(`<a href="x">&</a>`)).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;');
});
