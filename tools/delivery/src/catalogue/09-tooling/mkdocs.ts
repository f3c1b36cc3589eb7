import { defineEntry } from '../catalogue-entry.ts';

export const mkdocs = defineEntry({
  name: 'mkdocs',
  title: 'MkDocs',
  doc: 'Documentation pages of the platform, served from Markdown.',
  tier: '09',
  profile: 'docs',
  version: '9.7.6',
  license: 'MIT',
  website: 'https://squidfunk.github.io/mkdocs-material/',
  settings: {
    welcome: { type: 'string', default: 'Notes about this platform.', doc: 'text of the first page' },
  },
  secrets: [],
  containers: [
    {
      name: '',
      image: 'squidfunk/mkdocs-material:9.7.6',
      arguments: ['serve', '--dev-addr=0.0.0.0:8000', '--no-livereload'],
      ports: [{ name: 'http', port: 8000, protocol: 'http' }],
      files: [
        {
          path: '/docs/mkdocs.yml',
          content: 'site_name: ${platform}\nsite_url: ${interfaces.web.url}/\ntheme: material\n',
        },
        { path: '/docs/docs/index.md', content: '# ${platform}\n\n${settings.welcome}\n' },
      ],
      health: {
        check: ['wget', '--quiet', '--output-document=/dev/null', 'http://127.0.0.1:8000/'],
        http: { path: '/', port: 8000 },
        startSeconds: 20,
      },
      resources: { requests: { cpu: '20m', memory: '96Mi' }, limits: { cpu: '250m', memory: '256Mi' } },
      hardening: { user: 65532, group: 65532, readOnlyRoot: true, temporaryFolders: ['/tmp'] },
    },
  ],
  requires: [],
  provides: [],
  watch: { dashboard: 'service-health' },
  kubernetes: { form: 'workloads' },
  backup: { method: 'none', because: 'keeps nothing' },
  interfaces: [{ name: 'web', container: '', port: 8000, host: 'docs', ownSignIn: false }],
});
