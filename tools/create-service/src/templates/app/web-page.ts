import { use } from '../source.ts';

/** A pure function and its test: the first thing that a new front end tests. */
export function renderGreeting(): string {
  return `/** What the first page says. */
export function greet(name: string): string {
  return name.trim() === '' ? 'Welcome' : \`Welcome to \${name.trim()}\`;
}
`;
}

export function renderGreetingTest(): string {
  return `${use('expect, test', 'vitest')}
${use('greet', './greeting.ts')}

test('greets by name, and without one when there is none', () => {
  expect(greet(' Shop ')).toBe('Welcome to Shop');
  expect(greet(' ')).toBe('Welcome');
});
`;
}

export function renderWebReadme(name: string, kind: string, health: string): string {
  return `# ${name}

${kind}. ${health}

\`\`\`sh
npm run dev      # with reloading
npm run build    # what goes into the image
\`\`\`
`;
}

/** Fields that every front end's package.json has. */
export function webPackage(name: string): Readonly<Record<string, unknown>> {
  return { name: `@plinth/${name}`, version: '0.1.0', private: true, license: 'Apache-2.0', type: 'module' };
}

/** A front end is compiled by its own tool: no project references, nothing emitted. */
export function webTsconfig(changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    compilerOptions: {
      target: 'es2024',
      lib: ['es2024', 'dom', 'dom.iterable'],
      module: 'esnext',
      moduleResolution: 'bundler',
      allowImportingTsExtensions: true,
      strict: true,
      noEmit: true,
      isolatedModules: true,
      verbatimModuleSyntax: true,
      skipLibCheck: true,
      types: [],
      ...changes,
    },
    include: ['src', '*.config.ts'],
  };
}
