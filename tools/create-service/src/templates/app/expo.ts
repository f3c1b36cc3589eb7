import { toJson, use, useType, type TemplateFile } from '../source.ts';
import type { ApplicationRequest, ApplicationTemplate } from './application-request.ts';
import { renderGreeting, renderGreetingTest, webPackage, webTsconfig } from './web-page.ts';

/** An Expo application: no container; `expo export` makes the bundle that phones fetch. */
export const expoTemplate: ApplicationTemplate = { description: 'expo', isProject: false, render };

function render({ name }: ApplicationRequest): TemplateFile[] {
  return [
    { path: 'package.json', content: renderPackageJson(name.kebab) },
    { path: 'app.json', content: renderAppJson(name.kebab, name.title) },
    { path: 'tsconfig.json', content: toJson(webTsconfig({ jsx: 'react-jsx' })) },
    {
      path: 'README.md',
      content: `# ${name.kebab}\n\nAn Expo application. \`npm run dev\` starts it, \`npm run build\` makes the bundle of an update.\n`,
    },
    { path: 'src/main.ts', content: renderMain() },
    { path: 'src/app.tsx', content: renderApp(name.title) },
    { path: 'src/greeting.ts', content: renderGreeting() },
    { path: 'src/greeting.test.ts', content: renderGreetingTest() },
  ];
}

function renderPackageJson(name: string): string {
  const { type: _type, ...fields } = webPackage(name);
  return toJson({
    ...fields,
    main: './src/main.ts',
    scripts: { dev: 'expo start', build: 'expo export --platform android --platform ios' },
    dependencies: { expo: '56.0.12', react: '19.2.3', 'react-native': '0.85.3' },
    devDependencies: { '@types/react': '19.2.14' },
  });
}

function renderAppJson(slug: string, name: string): string {
  const identifier = `com.example.${slug.replaceAll('-', '')}`;
  return toJson({
    expo: {
      name,
      slug,
      version: '0.1.0',
      orientation: 'portrait',
      userInterfaceStyle: 'automatic',
      ios: { bundleIdentifier: identifier, supportsTablet: true },
      android: { package: identifier },
      runtimeVersion: { policy: 'appVersion' },
    },
  });
}

function renderMain(): string {
  return `${use('registerRootComponent', 'expo')}
${use('App', './app.tsx')}

registerRootComponent(App);
`;
}

function renderApp(title: string): string {
  return `${useType('ReactNode', 'react')}
${use('StyleSheet, Text, View', 'react-native')}
${use('greet', './greeting.ts')}

/** The first screen. */
export function App(): ReactNode {
  return (
    <View style={styles.screen}>
      <Text accessibilityRole="header">{greet('${title}')}</Text>
    </View>
  );
}

const styles = StyleSheet.create({
  screen: { flex: 1, alignItems: 'center', justifyContent: 'center' },
});
`;
}
