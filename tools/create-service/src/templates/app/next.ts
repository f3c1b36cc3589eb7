import { toJson, use, useType, type TemplateFile } from '../source.ts';
import type { ApplicationRequest, ApplicationTemplate } from './application-request.ts';
import { renderGreeting, renderGreetingTest, renderWebReadme, webPackage, webTsconfig } from './web-page.ts';

/** Next.js as a server of its own: port 3000, /api/health. */
export const nextTemplate: ApplicationTemplate = { description: 'next', isProject: false, render };

const allowDefault =
  '// Next.js finds pages by their default export.\n// oxlint-disable-next-line import/no-default-export';

function render({ name }: ApplicationRequest): TemplateFile[] {
  return [
    { path: 'package.json', content: renderPackageJson(name.kebab) },
    { path: 'tsconfig.json', content: renderTsconfig() },
    { path: 'next.config.ts', content: renderConfig() },
    { path: 'README.md', content: renderWebReadme(name.kebab, 'A Next.js application', 'Health: `/api/health`.') },
    { path: 'src/greeting.ts', content: renderGreeting() },
    { path: 'src/greeting.test.ts', content: renderGreetingTest() },
    { path: 'src/app/layout.tsx', content: renderLayout(name.title) },
    { path: 'src/app/page.tsx', content: renderPage(name.title) },
    { path: 'src/app/api/health/route.ts', content: renderHealth() },
  ];
}

function renderPackageJson(name: string): string {
  return toJson({
    ...webPackage(name),
    scripts: { dev: 'next dev', build: 'next build', start: 'next start' },
    dependencies: { next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1' },
    devDependencies: { '@types/node': '24.19.2', '@types/react': '19.3.0', typescript: '6.0.3' },
  });
}

function renderTsconfig(): string {
  const base = webTsconfig({
    types: ['node'],
    jsx: 'react-jsx',
    incremental: true,
    esModuleInterop: true,
    resolveJsonModule: true,
    allowJs: true,
    plugins: [{ name: 'next' }],
  });
  return toJson({
    ...base,
    include: ['next-env.d.ts', 'src', '*.config.ts', '.next/types/**/*.ts', '.next/dev/types/**/*.ts'],
    // Tests are checked and run with the workspace's own tools.
    exclude: ['node_modules', '**/*.test.ts'],
  });
}

function renderConfig(): string {
  return `${useType('NextConfig', 'next')}

const config: NextConfig = {
  // One folder with all that the server needs, for the image.
  output: 'standalone',
  poweredByHeader: false,
};

export default config;
`;
}

function renderLayout(title: string): string {
  return `${useType('Metadata', 'next')}
${useType('ReactNode', 'react')}

export const metadata: Metadata = { title: '${title}' };

${allowDefault}
export default function RootLayout({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
`;
}

function renderPage(title: string): string {
  return `${useType('ReactNode', 'react')}
${use('greet', '../greeting.ts')}

${allowDefault}
export default function Page(): ReactNode {
  return <h1>{greet('${title}')}</h1>;
}
`;
}

function renderHealth(): string {
  return `/** Asked at run time, never answered from a build. */
export const dynamic = 'force-dynamic';

/** What the container is asked. */
export function GET(): Response {
  return Response.json({ status: 'ok' });
}
`;
}
