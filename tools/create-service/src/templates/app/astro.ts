import { toJson, use, type TemplateFile } from '../source.ts';
import type { ApplicationRequest, ApplicationTemplate } from './application-request.ts';
import { renderGreeting, renderGreetingTest, renderWebReadme, webPackage, webTsconfig } from './web-page.ts';

/** A static site of Astro; the image's nginx answers /health. */
export const astroTemplate: ApplicationTemplate = { description: 'astro', isProject: false, render };

function render({ name }: ApplicationRequest): TemplateFile[] {
  return [
    {
      path: 'package.json',
      content: toJson({
        ...webPackage(name.kebab),
        scripts: { dev: 'astro dev', build: 'astro build' },
        devDependencies: { astro: '7.3.5' },
      }),
    },
    { path: 'tsconfig.json', content: toJson(webTsconfig()) },
    { path: 'astro.config.ts', content: renderConfig() },
    {
      path: 'README.md',
      content: renderWebReadme(name.kebab, 'A static Astro site', 'Its server answers `/health`.'),
    },
    { path: 'src/greeting.ts', content: renderGreeting() },
    { path: 'src/greeting.test.ts', content: renderGreetingTest() },
    { path: 'src/pages/index.astro', content: renderPage(name.title) },
  ];
}

function renderConfig(): string {
  return `${use('defineConfig', 'astro/config')}

export default defineConfig({ output: 'static' });
`;
}

function renderPage(title: string): string {
  return `---
${use('greet', '../greeting.ts')}

const title = '${title}';
---

<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>{title}</title>
  </head>
  <body>
    <h1>{greet(title)}</h1>
  </body>
</html>
`;
}
