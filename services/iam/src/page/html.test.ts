import { expect, it } from 'vitest';
import { html } from './html.ts';

it('escapes every text, and no markup of its own', () => {
  const attack = `<img src=x onerror="alert('1')">&`;
  const inner = html`<b>${attack}</b>`;
  expect(html`<p title="${attack}">${inner}${[inner, 1, 'a<b']}</p>`.text).toBe(
    '<p title="&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;&#38;">' +
      '<b>&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;&#38;</b>' +
      '<b>&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;&#38;</b>1a&#60;b</p>',
  );
});

it('takes nothing that only looks like markup for markup', () => {
  const forged = { text: '<script>' } as unknown as string;
  expect(html`${forged}`.text).not.toContain('<script>');
});

it('writes nothing for what is missing', () => {
  expect(html`<p>${undefined}${false}${''}</p>`.text).toBe('<p></p>');
});
