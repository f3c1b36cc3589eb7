import { toJson, use, type TemplateFile } from '../source.ts';
import type { ApplicationRequest, ApplicationTemplate } from './application-request.ts';
import { renderGreeting, renderGreetingTest, renderWebReadme, webPackage, webTsconfig } from './web-page.ts';

/** A static single-page application of Vite; the image's nginx answers /health. */
export const viteTemplate: ApplicationTemplate = { description: 'vite', isProject: false, render };

function render({ name }: ApplicationRequest): TemplateFile[] {
  return [
    {
      path: 'package.json',
      content: toJson({
        ...webPackage(name.kebab),
        scripts: { dev: 'vite', build: 'vite build' },
        devDependencies: { vite: '8.3.8' },
      }),
    },
    { path: 'tsconfig.json', content: toJson(webTsconfig()) },
    { path: 'vite.config.ts', content: renderConfig() },
    {
      path: 'README.md',
      content: renderWebReadme(name.kebab, 'A static single-page application', 'Its server answers `/health`.'),
    },
    { path: 'index.html', content: renderHtml(name.title) },
    { path: 'src/main.ts', content: renderMain(name.title) },
    { path: 'src/greeting.ts', content: renderGreeting() },
    { path: 'src/greeting.test.ts', content: renderGreetingTest() },
  ];
}

function renderConfig(): string {
  return `${use('defineConfig', 'vite')}

export default defineConfig({ build: { target: 'es2024' } });
`;
}

function renderHtml(title: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
  </head>
  <body>
    <main id="app"></main>
    <script type="module" src="/src/main.ts"></script>
  </body>
</html>
`;
}

function renderMain(title: string): string {
  return `${use('greet', './greeting.ts')}

const heading = document.createElement('h1');
heading.textContent = greet('${title}');
document.querySelector('#app')?.append(heading);
`;
}
