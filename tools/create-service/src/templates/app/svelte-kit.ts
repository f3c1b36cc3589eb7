import { toJson, use, type TemplateFile } from '../source.ts';
import type { ApplicationRequest, ApplicationTemplate } from './application-request.ts';
import { renderGreeting, renderGreetingTest, renderWebReadme, webPackage } from './web-page.ts';

/** SvelteKit with its Node.js adapter: port 3000, /api/health. */
export const svelteKitTemplate: ApplicationTemplate = { description: 'svelteKit', isProject: false, render };

function render({ name }: ApplicationRequest): TemplateFile[] {
  return [
    { path: 'package.json', content: renderPackageJson(name.kebab) },
    { path: 'tsconfig.json', content: renderTsconfig() },
    { path: 'vite.config.ts', content: renderConfig() },
    {
      path: 'README.md',
      content: renderWebReadme(name.kebab, 'A SvelteKit application on Node.js', 'Health: `/api/health`.'),
    },
    { path: 'src/app.html', content: appHtml },
    { path: 'src/greeting.ts', content: renderGreeting() },
    { path: 'src/greeting.test.ts', content: renderGreetingTest() },
    { path: 'src/routes/+page.svelte', content: renderPage(name.title) },
    { path: 'src/routes/api/health/+server.ts', content: renderHealth() },
  ];
}

function renderPackageJson(name: string): string {
  return toJson({
    ...webPackage(name),
    // What tsconfig.json extends is made from the configuration, by the installation already.
    scripts: { prepare: 'svelte-kit sync', dev: 'vite dev', build: 'vite build', start: 'node build' },
    devDependencies: {
      '@sveltejs/adapter-node': '6.0.1',
      '@sveltejs/kit': '3.2.0',
      '@sveltejs/vite-plugin-svelte': '7.3.1',
      svelte: '5.57.3',
      typescript: '6.0.3',
      vite: '8.3.8',
    },
  });
}

function renderTsconfig(): string {
  return toJson({ extends: '$app/tsconfig', include: ['src', '*.config.ts'], exclude: ['src/service-worker'] });
}

function renderConfig(): string {
  return `${use('adapter', '@sveltejs/adapter-node').replace('{ adapter }', 'adapter')}
${use('sveltekit', '@sveltejs/kit/vite')}
${use('defineConfig', 'vite')}

export default defineConfig({
  plugins: [sveltekit({ adapter: adapter() })],
});
`;
}

const appHtml = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    %sveltekit.head%
  </head>
  <body>
    <div style="display: contents">%sveltekit.body%</div>
  </body>
</html>
`;

function renderPage(title: string): string {
  return `<script lang="ts">
  ${use('greet', '../greeting.ts')}
</script>

<svelte:head><title>${title}</title></svelte:head>
<h1>{greet('${title}')}</h1>
`;
}

function renderHealth(): string {
  return `/** What the container is asked. */
export function GET(): Response {
  return Response.json({ status: 'ok' });
}
`;
}
